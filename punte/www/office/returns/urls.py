from django.urls import path

from punte.www.office.returns.views import sheets, tables

urlpatterns = [
    path("", tables.returns, name="returns"),
    path("tabel/<slug:key>/", tables.official_table, name="official_table"),
    path("fise/", sheets.sheets, name="sheets"),
    path("fise/<uuid:pk>/", sheets.sheet, name="sheet"),
    path("fise/<uuid:pk>/rand/<slug:row>/<slug:column>/", sheets.cell, name="sheet_cell"),
    path("fise/<uuid:pk>/regula/<slug:rule>/", sheets.rule, name="sheet_rule"),
    path("fise/<uuid:pk>/inapoi/", sheets.sent_back, name="sheet_return"),
]
