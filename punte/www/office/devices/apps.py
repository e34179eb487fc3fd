from django.apps import AppConfig


class OfficeDevices(AppConfig):
    name = "punte.www.office.devices"
    label = "office_devices"
