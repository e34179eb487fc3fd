from django.urls import URLPattern, path

from punte.www.office.needs import views

urlpatterns: list[URLPattern] = [
    path("", views.county, name="needs"),
    path("<int:siruta>/", views.uat, name="needs_uat"),
    path("unde/", views.where, name="needs_where"),
    path("anexa/", views.lines, name="needs_lines"),
    path("extrase/<uuid:pk>/", views.extract, name="needs_extract"),
]
