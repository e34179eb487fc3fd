from django.urls import URLPattern, path

from punte.www.public import views

urlpatterns: list[URLPattern] = [
    path("", views.find_help, name="find_help"),
]
