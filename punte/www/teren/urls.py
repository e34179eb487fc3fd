from django.urls import path, re_path

from punte.www.teren.views import teren

urlpatterns = [
    path("", teren.shell, name="teren"),
    path("sw.js", teren.worker, name="teren_worker"),
    path("manifest.webmanifest", teren.manifest, name="teren_manifest"),
    path("eu/", teren.worker_of_session, name="teren_session"),
    re_path(
        r"^pachete/(?P<name>[-\w]+)/(?P<version>[-.\w]+)/(?P<part>formular\.xml|reguli\.js|parti\.json)$",
        teren.pack_part,
        name="teren_pack_part",
    ),
]
