from django.urls import URLPattern, path

from punte.www.office.petitions.views import listing, petitions, steps

urlpatterns: list[URLPattern] = [
    path("", listing.petitions, name="petitions"),
    path("noua/", petitions.petition_new, name="petition_new"),
    path("<uuid:pk>/", petitions.petition, name="petition"),
    path("<uuid:pk>/repartizare/", steps.petition_assign, name="petition_assign"),
    path("<uuid:pk>/nota/", steps.petition_note, name="petition_note"),
    path("<uuid:pk>/raspuns/", steps.petition_answer, name="petition_answer"),
    path("<uuid:pk>/trimitere/", steps.petition_redirect, name="petition_redirect"),
    path("<uuid:pk>/prelungire/", steps.petition_extend, name="petition_extend"),
    path("<uuid:pk>/clasare/", steps.petition_close, name="petition_close"),
    path("<uuid:pk>/despre/", steps.petition_about, name="petition_about"),
    path("<uuid:pk>/raspuns.pdf", petitions.petition_letter, name="petition_letter"),
    path("<uuid:pk>/fisiere/<uuid:file>/", petitions.petition_file, name="petition_file"),
]
