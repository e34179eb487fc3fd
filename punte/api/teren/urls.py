from django.urls import path

from punte.api.teren import views

urlpatterns = [
    path("inscriere/", views.enrol, name="teren_enrol"),
    path("date/", views.pull, name="teren_down"),
    path("trimite/", views.push, name="teren_up"),
    path("fisiere/<uuid:pk>/", views.file_piece, name="teren_file"),
    path("iesire/", views.sign_out, name="teren_sign_out"),
]
