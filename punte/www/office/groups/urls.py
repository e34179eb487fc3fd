from django.urls import path

from punte.www.office.groups.views import attendance, daybook, figures, group, listing, observations, staff

urlpatterns = [
    path("", listing.groups, name="groups"),
    path("nou/", group.group_new, name="group_new"),
    path("cifre/", figures.group_figures, name="group_figures"),
    path("supervizare/", figures.supervision_hours, name="supervision_hours"),
    path("practica/", staff.placements, name="placements"),
    path("practica/nou/", staff.placement_new, name="placement_new"),
    path("practica/<uuid:pk>/", staff.placement, name="placement"),
    path("practica/<uuid:pk>/deschise/<uuid:opened>/", staff.placement_close, name="placement_close"),
    path("practica/<uuid:pk>/<slug:deed>/", staff.placement_deed, name="placement_deed"),
    path("semnalari/<uuid:pk>/", observations.observation, name="observation"),
    path("prezente/<uuid:pk>/", attendance.walk_in, name="walk_in"),
    path("inscrieri/<uuid:pk>/", group.enrolment_end, name="enrolment_end"),
    path("inscrieri/<uuid:pk>/acord/", group.enrolment_consent, name="enrolment_consent"),
    path("intalniri/<uuid:pk>/", attendance.attendance, name="attendance"),
    path("intalniri/<uuid:pk>/foaie.pdf", attendance.attendance_sheet, name="attendance_sheet"),
    path("intalniri/<uuid:pk>/<slug:deed>/", attendance.meeting_deed, name="meeting_deed"),
    path("intalniri/<uuid:pk>/<slug:deed>/<uuid:person>/", daybook.child_deed, name="child_deed"),
    path("<uuid:pk>/", group.group, name="group"),
    path("<uuid:pk>/luna/", daybook.group_month, name="group_month"),
    path("<uuid:pk>/<slug:deed>/", group.group_deed, name="group_deed"),
]
