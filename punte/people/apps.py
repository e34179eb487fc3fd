from django.apps import AppConfig


class People(AppConfig):
    name = "punte.people"
    label = "people"

    def ready(self) -> None:
        """What is kept of a person goes into a file for their own request; terms wait for papers that expire."""
        from punte.accounts.guests import Guest, hand_over
        from punte.people.events import HAPPENINGS
        from punte.people.keeps import KEEPS

        hand_over(Guest("people_on_record", events=HAPPENINGS, keeps=KEEPS))
