from django.urls import include, path

urlpatterns = [
    path("conturi/", include("allauth.urls")),
    path("", include("punte.www.office.day.urls")),
    path("", include("punte.www.office.people.urls")),
    path("", include("punte.www.office.assessments.urls")),
    path("", include("punte.www.office.cases.urls")),
    path("", include("punte.www.office.services.urls")),
    path("", include("punte.www.office.documents.urls")),
    path("partener/", include("punte.www.partner.urls")),
    path("administrare/", include("punte.www.manage.urls")),
]
