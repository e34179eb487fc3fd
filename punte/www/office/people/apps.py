from django.apps import AppConfig


class OfficePeople(AppConfig):
    name = "punte.www.office.people"
    label = "office_people"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.people.views.lanes import LANES

        hand_over(LANES)
