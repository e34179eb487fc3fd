from django.apps import AppConfig


class Teren(AppConfig):
    name = "punte.www.teren"
    label = "teren"
