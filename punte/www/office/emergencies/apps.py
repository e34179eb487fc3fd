from django.apps import AppConfig


class OfficeEmergencies(AppConfig):
    name = "punte.www.office.emergencies"
    label = "office_emergencies"
