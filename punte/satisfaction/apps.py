from django.apps import AppConfig


class Satisfaction(AppConfig):
    name = "punte.satisfaction"
    label = "satisfaction"
