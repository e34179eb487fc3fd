from django.urls import path, re_path

from punte.www.teren import views

urlpatterns = [
    path("", views.shell, name="teren"),
    path("sw.js", views.worker, name="teren_worker"),
    path("manifest.webmanifest", views.manifest, name="teren_manifest"),
    path("eu/", views.worker_of_session, name="teren_session"),
    re_path(
        r"^pachete/(?P<name>[-\w]+)/(?P<version>[-.\w]+)/(?P<part>formular\.xml|reguli\.js|parti\.json)$",
        views.pack_part,
        name="teren_pack_part",
    ),
]
