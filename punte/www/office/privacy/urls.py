from django.urls import path

from punte.www.office.privacy.views import breaches, files, overview, requests, research, retention, settling

urlpatterns = [
    path("", overview.privacy, name="privacy"),
    path("incalcari/noua/", breaches.breach_new, name="breach_new"),
    path("incalcari/<uuid:pk>/", breaches.breach, name="breach"),
    path("cercetare/", research.research_export, name="research_export"),
    path("informare/", files.family_sheet, name="family_sheet"),
    path("pastrare/", retention.retention, name="retention"),
    path("pastrare/<slug:key>/<uuid:pk>/", retention.retention_decide, name="retention_decide"),
    path("cereri/", requests.subject_requests, name="subject_requests"),
    path("cereri/noua/", requests.subject_request_whose, name="subject_request_whose"),
    path("cereri/noua/<uuid:pk>/", requests.subject_request_new, name="subject_request_new"),
    path("cereri/<uuid:pk>/", requests.subject_request, name="subject_request"),
    path("cereri/<uuid:pk>/amanare/", settling.subject_request_put_off, name="subject_request_put_off"),
    path("cereri/<uuid:pk>/raspuns/", settling.subject_request_answer, name="subject_request_answer"),
    path("cereri/<uuid:pk>/dosar/", files.subject_file, name="subject_file"),
    path("cereri/<uuid:pk>/cine-a-vazut/", files.subject_looks, name="subject_looks"),
]
