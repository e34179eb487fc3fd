from django.apps import AppConfig


class OfficeDevices(AppConfig):
    name = "punte.www.office.devices"
    label = "office_devices"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.devices.views.day_lines import DAY

        hand_over(DAY)
