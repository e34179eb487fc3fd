from django.apps import AppConfig


class OfficePeople(AppConfig):
    name = "punte.www.office.people"
    label = "office_people"
