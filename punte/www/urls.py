from django.urls import include, path

from punte.www.frame import entrance
from punte.www.frame.listing_deeds import list_file
from punte.www.frame.outlines import outlines

handler400 = "punte.www.frame.refusals.bad_request"
handler403 = "punte.www.frame.refusals.forbidden"
handler404 = "punte.www.frame.refusals.not_found"

urlpatterns = [
    path("", entrance.first_page, name="first_page"),
    path("healthz", entrance.healthz, name="healthz"),
    path("robots.txt", entrance.robots, name="robots"),
    path("contururi.geojson", outlines, name="outlines"),
    path("liste/fisier/<str:token>/", list_file, name="list_file"),
    path("", include("punte.www.account.urls")),
    path("conturi/", include("allauth.urls")),
    path("", include("punte.www.office.day.urls")),
    path("", include("punte.www.office.people.urls")),
    path("", include("punte.www.office.assessments.urls")),
    path("", include("punte.www.office.cases.urls")),
    path("", include("punte.www.office.services.urls")),
    path("", include("punte.www.office.documents.urls")),
    path("", include("punte.www.office.timeline.urls")),
    path("", include("punte.www.office.keeping.urls")),
    path("", include("punte.www.office.benefits.urls")),
    path("grupuri/", include("punte.www.office.groups.urls")),
    path("protectia-copilului/", include("punte.www.office.protection.urls")),
    path("", include("punte.www.office.meetings.urls")),
    path("confidentialitate/", include("punte.www.office.privacy.urls")),
    path("registre/", include("punte.www.office.registers.urls")),
    path("dispozitive/", include("punte.www.office.devices.urls")),
    path("petitii/", include("punte.www.office.petitions.urls")),
    path("sesizari/", include("punte.www.office.notifications.urls")),
    path("situatii/", include("punte.www.office.emergencies.urls")),
    path("publicare/", include("punte.www.office.publication.urls")),
    path("planuri/", include("punte.www.office.plans.urls")),
    path("nevoi/", include("punte.www.office.needs.urls")),
    path("rapoarte/", include("punte.www.office.reports.urls")),
    path("programe/", include("punte.www.office.programmes.urls")),
    path("raportari/", include("punte.www.office.returns.urls")),
    path("ajutor/", include("punte.www.public.urls")),
    path("primarie/", include("punte.www.townhall.urls")),
    path("api/", include("punte.api.urls")),
    path("openrosa/", include("punte.api.openrosa.urls")),
    path("teren/api/", include("punte.api.teren.urls")),
    path("teren/", include("punte.www.teren.urls")),
    path("partener/", include("punte.www.partner.urls")),
    path("familia/", include("punte.www.family.urls")),
    path("metodologie/", include("punte.www.manage.methodology_urls")),
    path("manual/", include("punte.www.manual.urls")),
    path("administrare/", include("punte.www.manage.urls")),
]
