from django.urls import path

from punte.www.office.services.views import checking, imports, listing, services, waiting

urlpatterns = [
    path("servicii/", listing.services, name="services"),
    path("servicii/harta/", listing.services_map, name="services_map"),
    path("servicii/verificare/", checking.service_checks, name="service_checks"),
    path("servicii/verificare/<uuid:pk>/", checking.service_check, name="service_check"),
    path("servicii/<uuid:pk>/", services.service, name="service"),
    path("servicii/<uuid:pk>/ocupare/", services.occupancy, name="service_occupancy"),
    path("servicii/<uuid:pk>/asteptare/", waiting.service_waiting, name="service_waiting"),
    path("servicii/asteptare/<uuid:pk>/<slug:move>/", waiting.waiting_move, name="waiting_move"),
    path("servicii/import/", imports.imports, name="services_imports"),
    path("servicii/import/servicii/", imports.services_import, name="services_import"),
    path("servicii/import/servicii/model.xlsx", imports.services_import_model, name="services_import_model"),
    path("servicii/import/locuri/", imports.occupancy_import, name="occupancy_import"),
    path("servicii/import/locuri/model.xlsx", imports.occupancy_import_model, name="occupancy_import_model"),
]
