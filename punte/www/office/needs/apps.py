from django.apps import AppConfig


class OfficeNeeds(AppConfig):
    name = "punte.www.office.needs"
    label = "office_needs"
