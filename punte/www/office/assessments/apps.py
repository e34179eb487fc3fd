from django.apps import AppConfig


class OfficeAssessments(AppConfig):
    name = "punte.www.office.assessments"
    label = "office_assessments"
