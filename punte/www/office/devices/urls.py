from django.urls import path

from punte.www.office.devices.views import conflicts, device, devices, files, permits, received, unsent

urlpatterns = [
    path("", devices.devices, name="devices"),
    path("<uuid:pk>/", device.device, name="device"),
    path("<uuid:pk>/oprire/", device.revoke, name="device_revoke"),
    path("<uuid:pk>/pierdut/", device.lost, name="device_lost"),
    path("primite/", received.received_forms, name="received_forms"),
    path("primite/<uuid:pk>/", received.received_form, name="received_form"),
    path("de-lamurit/", conflicts.field_conflicts, name="field_conflicts"),
    path("de-lamurit/<uuid:pk>/", conflicts.field_conflict, name="field_conflict"),
    path("netrimise/", unsent.unsent_file, name="unsent_file"),
    path("fisiere/<uuid:pk>/", files.field_file, name="field_file"),
    path("cazuri/<uuid:pk>/", permits.case_in_field, name="case_in_field"),
]
