from django.apps import AppConfig


class Family(AppConfig):
    name = "punte.www.family"
    label = "family"
