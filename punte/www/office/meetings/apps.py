from django.apps import AppConfig


class OfficeMeetings(AppConfig):
    name = "punte.www.office.meetings"
    label = "office_meetings"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.meetings.views.day_lines import GUEST

        hand_over(GUEST)
