from django.apps import AppConfig


class People(AppConfig):
    name = "punte.people"
    label = "people"

    def ready(self) -> None:
        """What is kept of a person goes into a file for their own request; where they lived, into an extract."""
        from punte.accounts.guests import Guest, hand_over
        from punte.people.events import HAPPENINGS
        from punte.people.extract import tables
        from punte.people.keeps import KEEPS

        hand_over(Guest("people_on_record", events=HAPPENINGS, keeps=KEEPS, extract=tables))
