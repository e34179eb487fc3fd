from django.urls import URLPattern, path

from punte.www.townhall.views import applying, information, petitions, telling

urlpatterns: list[URLPattern] = [
    path("", information.town_hall, name="town_hall"),
    path("petitie/", petitions.petition_send, name="petition_send"),
    path("petitie/trimisa/", petitions.petition_sent, name="petition_sent"),
    path("petitie/urmareste/", petitions.petition_follow, name="petition_follow"),
    path("petitie/stare/", petitions.petition_state, name="petition_state"),
    path("petitie/inchide/", petitions.petition_leave, name="petition_leave"),
    path("cerere/", applying.apply, name="apply"),
    path("formular/", telling.tell, name="tell"),
    path("formular/adauga/", telling.tell_more, name="tell_more"),
    path("informatii/", information.public_information, name="public_information"),
    path("informatii/servicii/", information.public_services, name="public_services"),
    path("informatii/statistici/", information.public_statistics, name="public_statistics"),
    path("informatii/fisiere/<uuid:pk>/", information.public_file, name="public_file"),
    path("informatii/<slug:name>.<slug:file_format>", information.public_table, name="public_table"),
    path("campanii/", information.campaigns, name="campaigns"),
]
