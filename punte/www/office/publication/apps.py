from django.apps import AppConfig


class OfficePublication(AppConfig):
    name = "punte.www.office.publication"
    label = "office_publication"
