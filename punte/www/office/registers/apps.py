from django.apps import AppConfig


class OfficeRegisters(AppConfig):
    name = "punte.www.office.registers"
    label = "office_registers"
