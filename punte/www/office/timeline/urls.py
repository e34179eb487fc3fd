from django.urls import path

from punte.www.office.timeline.views import timeline

urlpatterns = [
    path("linia-timpului/<slug:kind>/<uuid:pk>/", timeline.timeline, name="timeline"),
]
