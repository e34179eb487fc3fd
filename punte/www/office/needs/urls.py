from django.urls import URLPattern, path

from punte.www.office.needs.views import needs

urlpatterns: list[URLPattern] = [
    path("", needs.county, name="needs"),
    path("<int:siruta>/", needs.uat, name="needs_uat"),
    path("unde/", needs.where, name="needs_where"),
    path("anexa/", needs.lines, name="needs_lines"),
    path("extrase/<uuid:pk>/", needs.extract, name="needs_extract"),
]
