from django.apps import AppConfig


class OfficeTimeline(AppConfig):
    name = "punte.www.office.timeline"
    label = "office_timeline"
