from django.apps import AppConfig


class Gatherings(AppConfig):
    name = "punte.gatherings"
    label = "gatherings"
