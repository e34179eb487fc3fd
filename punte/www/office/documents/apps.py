from django.apps import AppConfig


class OfficeDocuments(AppConfig):
    name = "punte.www.office.documents"
    label = "office_documents"
