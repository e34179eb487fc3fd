from django.apps import AppConfig


class OfficeGroups(AppConfig):
    name = "punte.www.office.groups"
    label = "office_groups"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.groups.views.day_lines import DAY

        hand_over(DAY)
