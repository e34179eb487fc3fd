from django.apps import AppConfig


class OfficePetitions(AppConfig):
    name = "punte.www.office.petitions"
    label = "office_petitions"
