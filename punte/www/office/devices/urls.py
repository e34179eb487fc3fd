from django.urls import path

from punte.www.office.devices import received, views

urlpatterns = [
    path("", views.devices, name="devices"),
    path("<uuid:pk>/oprire/", views.revoke, name="device_revoke"),
    path("<uuid:pk>/pierdut/", views.lost, name="device_lost"),
    path("primite/", received.received_forms, name="received_forms"),
    path("primite/<uuid:pk>/", received.received_form, name="received_form"),
]
