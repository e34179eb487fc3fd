from django.apps import AppConfig


class BenefitScreens(AppConfig):
    name = "punte.www.office.benefits"
    label = "office_benefits"
