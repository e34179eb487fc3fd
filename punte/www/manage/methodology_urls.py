from django.urls import path

from punte.www.manage.views import methodology, packs

urlpatterns = [
    path("", methodology.methodology, name="methodology"),
    path("versiuni/", packs.versions, name="methodology_versions"),
    path("versiuni/<slug:pack>/<str:version>/", methodology.methodology_version, name="methodology_version"),
    path("incarca/", packs.upload, name="methodology_send"),
    path("incarcate/<uuid:pk>/", packs.uploaded, name="methodology_upload"),
    path("incarcate/<uuid:pk>/incearca/", packs.tried, name="methodology_tried"),
    path("incarcate/<uuid:pk>/cere/", packs.ask, name="methodology_ask"),
    path("incarcate/<uuid:pk>/aproba/", packs.agree, name="methodology_agree"),
    path("incarcate/<uuid:pk>/respinge/", packs.refuse, name="methodology_refuse"),
    path("incarcate/<uuid:pk>/retrage/", packs.withdraw, name="methodology_withdraw"),
]
