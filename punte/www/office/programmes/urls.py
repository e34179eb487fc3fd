from django.urls import path

from punte.www.office.programmes.views import indicators, people, programmes, reporting, rounds

urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("plan/", programmes.plan_followed, name="programme_of_plan"),
    path("nevoi/", rounds.rounds, name="needs_rounds"),
    path("nevoi/<uuid:pk>/", rounds.needs_round, name="needs_round"),
    path("nevoi/<uuid:pk>/noua/", rounds.need_new, name="need_new"),
    path("nevoi/raspuns/<uuid:pk>/", rounds.need_answer, name="need_answer"),
    path("<uuid:pk>/", programmes.programme, name="programme"),
    path("<uuid:pk>/nod/<str:code>/", programmes.node, name="programme_node"),
    path("<uuid:pk>/nod/<str:code>/raport/", reporting.report, name="programme_report"),
    path("<uuid:pk>/raportari/", reporting.county, name="programme_county"),
    path("<uuid:pk>/raport/<uuid:report>/", reporting.answer, name="programme_answer"),
    path("<uuid:pk>/indicatori/", indicators.indicators, name="programme_indicators"),
    path("<uuid:pk>/indicatori/<str:code>/", indicators.indicator, name="programme_indicator"),
    path("<uuid:pk>/afirmatii/", indicators.claims, name="programme_claims"),
    path("<uuid:pk>/oameni/", people.people, name="programme_people"),
    path("gospodarie/<uuid:pk>/", people.household, name="household_programmes"),
    path("gospodarie/<uuid:pk>/<uuid:participation>/", people.ending, name="participation_end"),
]
