from django.urls import path

from punte.www.manual.views import manual

urlpatterns = [
    path("", manual.contents, name="manual"),
    path("pictures/<slug:name>.png", manual.picture, name="manual_picture"),
    path("<slug:page>/", manual.page, name="manual_page"),
]
