from django.apps import AppConfig


class Townhall(AppConfig):
    name = "punte.www.townhall"
    label = "townhall"
