from django.urls import path

from punte.www.office.services import checking, views

urlpatterns = [
    path("servicii/", views.services, name="services"),
    path("servicii/verificare/", checking.service_checks, name="service_checks"),
    path("servicii/verificare/<uuid:pk>/", checking.service_check, name="service_check"),
    path("servicii/<uuid:pk>/", views.service, name="service"),
    path("servicii/<uuid:pk>/ocupare/", views.occupancy, name="service_occupancy"),
]
