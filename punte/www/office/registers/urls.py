from django.urls import path

from punte.www.office.registers.views import (
    entries,
    imports,
    life,
    listing,
    looking_back,
    papers,
    reports,
    subjects,
)

urlpatterns = [
    path("", listing.registers, name="registers"),
    path("rapoarte/<slug:report>/", reports.quarterly_report, name="quarterly_report"),
    path("randuri/<slug:table>/", reports.national_rows, name="national_rows"),
    path("<slug:register>/", listing.register_list, name="register_list"),
    path("<slug:register>/mai-tarziu/", looking_back.register_beside, name="register_beside"),
    path("<slug:register>/import/", imports.register_import, name="register_import"),
    path("<slug:register>/import/model/", imports.register_import_model, name="register_import_model"),
    path("inscriere/<uuid:pk>/", entries.entry, name="entry"),
    path("inscriere/<uuid:pk>/pas/<slug:move>/", entries.entry_move, name="entry_move"),
    path("inscriere/<uuid:pk>/corectare/", entries.entry_correct, name="entry_correct"),
    path("inscriere/<uuid:pk>/retragere/", entries.entry_withdraw, name="entry_withdraw"),
    path(
        "inscriere/<uuid:pk>/hartie/<slug:paper>.<slug:file_format>", papers.entry_paper, name="entry_paper"
    ),
    path("<slug:kind>/<uuid:pk>/", subjects.registers_of, name="registers_of"),
    path("<slug:kind>/<uuid:pk>/eveniment/", life.life_event_new, name="life_event_new"),
    path("<slug:kind>/<uuid:pk>/<slug:register>/", entries.entry_new, name="entry_new"),
]
