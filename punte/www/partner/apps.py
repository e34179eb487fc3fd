from django.apps import AppConfig


class Partner(AppConfig):
    name = "punte.www.partner"
    label = "partner"
