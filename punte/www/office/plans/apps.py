from django.apps import AppConfig


class OfficePlans(AppConfig):
    name = "punte.www.office.plans"
    label = "office_plans"
