from django.urls import include, path

urlpatterns = [path("hsds/", include("punte.api.hsds.urls"))]
