from django.urls import path

from punte.api.tables.views import open_data, table

urlpatterns = [
    path("", open_data, name="open_data"),
    path("<slug:key>.<slug:kind>", table, name="open_table"),
]
