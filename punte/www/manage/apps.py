from django.apps import AppConfig


class Manage(AppConfig):
    name = "punte.www.manage"
    label = "manage"
