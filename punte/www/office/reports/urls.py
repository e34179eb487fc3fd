from django.urls import path

from punte.www.office.reports.views import photographs, reports

urlpatterns = [
    path("", reports.reports, name="reports"),
    path("nou/<slug:kind>/", reports.report_new, name="report_new"),
    path("<uuid:pk>/", reports.report, name="report"),
    path("<uuid:pk>/parte/<str:part>/", reports.report_part, name="report_part"),
    path("<uuid:pk>/fotografie/<str:part>/", photographs.photograph_new, name="photograph_new"),
    path("<uuid:pk>/fotografii/<uuid:photograph>.jpg", photographs.photograph, name="photograph"),
    path(
        "<uuid:pk>/fotografii/<uuid:photograph>/scoate/",
        photographs.photograph_remove,
        name="photograph_remove",
    ),
    path("<uuid:pk>/cifre/", reports.report_figures, name="report_figures"),
    path("<uuid:pk>/emitere/", reports.report_issue, name="report_issue"),
    path("<uuid:pk>/ciorna.<slug:file_format>", reports.report_draft_file, name="report_draft_file"),
    path("<uuid:pk>/v<int:number>.<slug:file_format>", reports.report_file, name="report_file"),
]
