from django.apps import AppConfig


class OfficeRegisters(AppConfig):
    name = "punte.www.office.registers"
    label = "office_registers"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.registers.views.lanes import LANES

        hand_over(LANES)
