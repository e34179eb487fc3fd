from django.apps import AppConfig


class Manual(AppConfig):
    name = "punte.www.manual"
    label = "manual"
