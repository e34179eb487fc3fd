from django.urls import path

from punte.api.openrosa import views

urlpatterns = [
    path("formList", views.form_list, name="openrosa_forms"),
    path("forms/<slug:name>/<str:version>.xml", views.form, name="openrosa_form"),
    path("manifest/<slug:name>", views.manifest, name="openrosa_manifest"),
    path("lists/<slug:name>.csv", views.entity_list, name="openrosa_list"),
    path("integrity/<slug:name>", views.integrity, name="openrosa_integrity"),
    path("submission", views.submission, name="openrosa_submission"),
]
