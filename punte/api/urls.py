from django.urls import include, path

urlpatterns = [
    path("hsds/", include("punte.api.hsds.urls")),
    path("tabele/", include("punte.api.tables.urls")),
]
