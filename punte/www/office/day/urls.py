from django.urls import path

from punte.www.office.day.views.calendar import team_week, visits_month, visits_week
from punte.www.office.day.views.day import my_day
from punte.www.office.day.views.emergencies import emergency_answer
from punte.www.office.day.views.pictures import first_pictures
from punte.www.office.day.views.round import visits_round
from punte.www.office.day.views.team import team_day

urlpatterns = [
    path("ziua-mea/", my_day, name="my_day"),
    path("ziua-mea/saptamana/", visits_week, name="visits_week"),
    path("ziua-mea/luna/", visits_month, name="visits_month"),
    path("ziua-mea/harta/", visits_round, name="visits_round"),
    path("ziua-mea/imagini/", first_pictures, name="first_pictures"),
    path("echipa/", team_day, name="team_day"),
    path("echipa/saptamana/", team_week, name="team_week"),
    path("urgente/<uuid:pk>/raspuns/", emergency_answer, name="emergency_answer"),
]
