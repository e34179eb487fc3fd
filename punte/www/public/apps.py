from django.apps import AppConfig


class Public(AppConfig):
    name = "punte.www.public"
    label = "public"
