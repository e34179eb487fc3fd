from django.urls import path

from punte.www.office.documents import views

urlpatterns = [
    path("cazuri/<uuid:pk>/documente/", views.case_documents, name="case_documents"),
    path("cazuri/<uuid:pk>/documente/<slug:paper>/", views.issue, name="issue_document"),
    path("documente/<uuid:pk>/", views.document, name="document"),
    path("documente/<uuid:pk>/<str:file_format>/", views.document_file, name="document_file"),
]
