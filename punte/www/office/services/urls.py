from django.urls import path

from punte.www.office.services import views

urlpatterns = [
    path("servicii/", views.services, name="services"),
    path("servicii/<uuid:pk>/", views.service, name="service"),
    path("servicii/<uuid:pk>/ocupare/", views.occupancy, name="service_occupancy"),
]
