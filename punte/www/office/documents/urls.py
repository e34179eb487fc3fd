from django.urls import path

from punte.www.office.documents.views import documents

urlpatterns = [
    path("cazuri/<uuid:pk>/documente/", documents.case_documents, name="case_documents"),
    path("cazuri/<uuid:pk>/documente/<slug:paper>/", documents.issue, name="issue_document"),
    path("documente/<uuid:pk>/", documents.document, name="document"),
    path("documente/<uuid:pk>/<str:file_format>/", documents.document_file, name="document_file"),
]
