from django.urls import path

from punte.www.office.documents.views import chronology, documents, filing, packages, signed

urlpatterns = [
    path("cazuri/<uuid:pk>/documente/", documents.case_documents, name="case_documents"),
    path("cazuri/<uuid:pk>/documente/cronologie/", chronology.chronology, name="chronology"),
    path("cazuri/<uuid:pk>/documente/<slug:paper>/", documents.issue, name="issue_document"),
    path("cazuri/<uuid:pk>/pachet/", packages.case_package, name="case_package"),
    path("cazuri/<uuid:pk>/dosar/adauga/", filing.case_file_new, name="case_file_new"),
    path("cazuri/<uuid:pk>/dosar/<uuid:document>/", filing.case_file, name="case_file"),
    path(
        "cazuri/<uuid:pk>/dosar/<uuid:document>/<int:number>/",
        filing.case_file_page,
        name="case_file_page",
    ),
    path(
        "cazuri/<uuid:pk>/dosar/<uuid:document>/<int:number>/descarca/",
        filing.case_file_download,
        name="case_file_download",
    ),
    path(
        "cazuri/<uuid:pk>/dosar/<uuid:document>/corecteaza/",
        filing.case_file_correct,
        name="case_file_correct",
    ),
    path(
        "cazuri/<uuid:pk>/dosar/<uuid:document>/retrage/",
        filing.case_file_withdraw,
        name="case_file_withdraw",
    ),
    path("documente/<uuid:pk>/", documents.document, name="document"),
    path("documente/<uuid:pk>/semnat/", signed.document_signed, name="document_signed"),
    path(
        "documente/<uuid:pk>/semnat/<int:number>/", signed.document_signed_file, name="document_signed_file"
    ),
    path("documente/<uuid:pk>/<str:file_format>/", documents.document_file, name="document_file"),
]
