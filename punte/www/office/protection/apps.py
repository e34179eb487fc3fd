from django.apps import AppConfig


class OfficeProtection(AppConfig):
    name = "punte.www.office.protection"
    label = "office_protection"
