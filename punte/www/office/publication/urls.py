from django.urls import URLPattern, path

from punte.www.office.publication.views import publication, tables

urlpatterns: list[URLPattern] = [
    path("", publication.publication, name="publication"),
    path("nou/", publication.publish, name="publish"),
    path("indeplinita/", publication.duty_met, name="duty_met"),
    path("responsabil/", publication.duty_owner, name="duty_owner"),
    path("tabele/", tables.tables, name="published_tables"),
    path("tabele/nou/", tables.table_publish, name="table_publish"),
    path("tabele/<uuid:pk>/retragere/", tables.table_withdraw, name="table_withdraw"),
    path("<uuid:pk>/", publication.publication_item, name="publication_item"),
    path("<uuid:pk>/confirmare/", publication.publication_renew, name="publication_renew"),
    path("<uuid:pk>/retragere/", publication.publication_withdraw, name="publication_withdraw"),
]
