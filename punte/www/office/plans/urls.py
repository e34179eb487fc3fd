from django.urls import path

from punte.www.office.plans.views import approval, exports, imports, plan, realised, remarks, rows, versions

urlpatterns = [
    path("", plan.plans, name="plans"),
    path("<uuid:pk>/", plan.plan, name="plan"),
    path("<uuid:pk>/capitol/<slug:chapter>/", plan.plan_chapter, name="plan_chapter"),
    path("<uuid:pk>/realizat/", realised.plan_realised, name="plan_realised"),
    path("<uuid:pk>/verificare/", remarks.plan_remarks, name="plan_remarks"),
    path("<uuid:pk>/date/", rows.plan_fields, name="plan_fields"),
    path("<uuid:pk>/rand/<str:section>/nou/", rows.plan_row_new, name="plan_row_new"),
    path("<uuid:pk>/rand/<str:section>/<uuid:row>/", rows.plan_row, name="plan_row"),
    path("<uuid:pk>/rand/<str:section>/<uuid:row>/scoate/", rows.plan_row_remove, name="plan_row_remove"),
    path("<uuid:pk>/trimite/", approval.plan_submit, name="plan_submit"),
    path("<uuid:pk>/aproba/", approval.plan_approve, name="plan_approve"),
    path("<uuid:pk>/redeschide/", approval.plan_reopen, name="plan_reopen"),
    path("<uuid:pk>/comparare/", versions.plan_compare, name="plan_compare"),
    path("<uuid:pk>/versiuni/<int:number>/", versions.plan_version, name="plan_version"),
    path(
        "<uuid:pk>/versiuni/<int:number>/<slug:chapter>/",
        versions.plan_version,
        name="plan_version_chapter",
    ),
    path("<uuid:pk>/fisier/<str:file_format>/", exports.plan_file, name="plan_file"),
    path(
        "<uuid:pk>/versiuni/<int:number>/fisier/<str:file_format>/",
        exports.plan_version_file,
        name="plan_version_file",
    ),
    path("publice/<uuid:version>/<str:file_format>/", exports.plan_public_file, name="plan_public_file"),
    path("<uuid:pk>/import/", imports.plan_import, name="plan_import"),
    path("<uuid:pk>/import/model.xlsx", imports.plan_import_model, name="plan_import_model"),
]
