from django.urls import path

from punte.api.hsds import views
from punte.api.hsds.pages import profile

urlpatterns = [
    path("", views.about, name="hsds"),
    path("openapi.json", views.openapi, name="hsds_openapi"),
    path("profil/", profile, name="hsds_profile"),
    path("profil.json", views.profile_json, name="hsds_profile_json"),
    path("services", views.services, name="hsds_services"),
    path("services/<str:key>", views.service, name="hsds_service"),
    path("organizations", views.organizations, name="hsds_organizations"),
    path("organizations/<str:key>", views.organization, name="hsds_organization"),
    path("service_at_locations", views.services_at, name="hsds_services_at"),
    path("service_at_locations/<str:key>", views.one_service_at, name="hsds_service_at"),
    path("taxonomies", views.taxonomies, name="hsds_taxonomies"),
    path("taxonomies/<str:key>", views.one_taxonomy, name="hsds_taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="hsds_taxonomy_terms"),
    path("taxonomy_terms/<str:key>", views.taxonomy_term, name="hsds_taxonomy_term"),
    path("<path:rest>", views.nothing, name="hsds_nothing"),
]
