from django.apps import AppConfig


class OfficeServices(AppConfig):
    name = "punte.www.office.services"
    label = "office_services"
