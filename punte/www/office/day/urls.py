from django.urls import path

from punte.www.office.day.views.day import my_day
from punte.www.office.day.views.emergencies import emergency_answer
from punte.www.office.day.views.team import team_day

urlpatterns = [
    path("ziua-mea/", my_day, name="my_day"),
    path("echipa/", team_day, name="team_day"),
    path("urgente/<uuid:pk>/raspuns/", emergency_answer, name="emergency_answer"),
]
