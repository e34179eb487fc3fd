from django.urls import URLPattern, path

from punte.www.office.needs.views import lookback, needs, opinions, supervision

urlpatterns: list[URLPattern] = [
    path("", needs.county, name="needs"),
    path("<int:siruta>/", needs.uat, name="needs_uat"),
    path("judet/", supervision.county_board, name="county_board"),
    path("unde/", needs.where, name="needs_where"),
    path("anexa/", needs.lines, name="needs_lines"),
    path("pareri/", opinions.opinions, name="opinions"),
    path("privire-inapoi/", lookback.lookback, name="lookback"),
    path("privire-inapoi/runde/", lookback.lookback_rounds, name="lookback_rounds"),
    path("privire-inapoi/<slug:key>/", lookback.lookback_question, name="lookback_question"),
    path("extrase/<uuid:pk>/", needs.extract, name="needs_extract"),
]
