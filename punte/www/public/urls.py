from django.urls import URLPattern, path

from punte.www.public.views import benefit, embed, figures, find, opinion, service

urlpatterns: list[URLPattern] = [
    path("", find.find_help, name="find_help"),
    path("harta/", find.help_map, name="help_map"),
    path("contururi.json", find.outlines, name="help_outlines"),
    path("serviciu/<uuid:pk>/", service.public_service, name="public_service"),
    path("serviciu/<uuid:pk>/fluturas.pdf", service.leaflet, name="service_leaflet"),
    path("drept/<slug:number>/", benefit.public_benefit, name="public_benefit"),
    path("parere/", opinion.opinion_code, name="opinion_code"),
    path("parere/multumim/", opinion.opinion_thanks, name="opinion_thanks"),
    path("parere/<str:code>/", opinion.opinion, name="opinion"),
    path("cifre/", figures.figures, name="figures"),
    path("cifre/<slug:key>/<int:number>/", figures.figure, name="figure"),
    path("cifre/<slug:key>/<int:number>/fisier/<slug:name>/", figures.figure_file, name="figure_file"),
    path("incorporat/", embed.embedded, name="embedded_finder"),
    path("pentru-site-ul-dvs/", embed.embed, name="embed_finder"),
]
