from django.urls import include, path, re_path

from punte.www import account
from punte.www.manage.methodology import methodology
from punte.www.outlines import outlines

handler400 = "punte.www.refusals.bad_request"
handler403 = "punte.www.refusals.forbidden"
handler404 = "punte.www.refusals.not_found"

urlpatterns = [
    path("", account.first_page, name="first_page"),
    path("cont/", account.account, name="account"),
    path("ciorne/<str:key>/", account.form_draft, name="form_draft"),
    path("healthz", account.healthz, name="healthz"),
    path("robots.txt", account.robots, name="robots"),
    path("contururi.geojson", outlines, name="outlines"),
    re_path(
        r"^conturi/(?:email/|confirm-email/|signup/|password/set/|3rdparty/$)", account.closed, name="closed"
    ),
    path("conturi/", include("allauth.urls")),
    path("", include("punte.www.office.day.urls")),
    path("", include("punte.www.office.people.urls")),
    path("", include("punte.www.office.assessments.urls")),
    path("", include("punte.www.office.cases.urls")),
    path("", include("punte.www.office.services.urls")),
    path("", include("punte.www.office.documents.urls")),
    path("dispozitive/", include("punte.www.office.devices.urls")),
    path("petitii/", include("punte.www.office.petitions.urls")),
    path("publicare/", include("punte.www.office.publication.urls")),
    path("planuri/", include("punte.www.office.plans.urls")),
    path("nevoi/", include("punte.www.office.needs.urls")),
    path("ajutor/", include("punte.www.public.urls")),
    path("primarie/", include("punte.www.townhall.urls")),
    path("api/", include("punte.api.urls")),
    path("openrosa/", include("punte.api.openrosa.urls")),
    path("teren/api/", include("punte.api.teren.urls")),
    path("teren/", include("punte.www.teren.urls")),
    path("partener/", include("punte.www.partner.urls")),
    path("metodologie/", methodology, name="methodology"),
    path("administrare/", include("punte.www.manage.urls")),
]
