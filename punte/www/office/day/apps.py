from django.apps import AppConfig


class OfficeDay(AppConfig):
    name = "punte.www.office.day"
    label = "office_day"
