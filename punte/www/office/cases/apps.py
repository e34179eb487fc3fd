from django.apps import AppConfig


class OfficeCases(AppConfig):
    name = "punte.www.office.cases"
    label = "office_cases"
