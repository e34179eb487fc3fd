from django.apps import AppConfig


class OfficeReports(AppConfig):
    name = "punte.www.office.reports"
    label = "office_reports"
