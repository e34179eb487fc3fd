from django.urls import path

from punte.www.office.meetings.views import (
    bodies,
    calling,
    institutions,
    invitations,
    meeting,
    minutes,
    reports,
    tasks,
)
from punte.www.office.meetings.views.listing import meetings
from punte.www.office.meetings.views.task_list import task_list

_MEETING = "intalniri/<uuid:pk>/"

urlpatterns = [
    path("intalniri/", meetings, name="meetings"),
    path("cazuri/<uuid:pk>/conferinte/", calling.case_meetings, name="case_meetings"),
    path("cazuri/<uuid:pk>/institutii/", institutions.case_institutions, name="case_institutions"),
    path("cazuri/<uuid:pk>/conferinte/noua/", calling.conference_new, name="conference_new"),
    path(_MEETING, meeting.meeting, name="meeting"),
    path(f"{_MEETING}ordinea-de-zi/", meeting.meeting_agenda, name="meeting_agenda"),
    path(f"{_MEETING}caz/", meeting.meeting_case, name="meeting_case"),
    path(f"{_MEETING}muta/", calling.meeting_move, name="meeting_move"),
    path(f"{_MEETING}renunta/", calling.meeting_cancel, name="meeting_cancel"),
    path(f"{_MEETING}invitatii/noua/", invitations.invitation_new, name="invitation_new"),
    path(f"{_MEETING}invitatii/<uuid:invitation>/", invitations.invitation_note, name="invitation_note"),
    path(
        f"{_MEETING}invitatii/<uuid:invitation>/scrisoare/",
        invitations.invitation_letter,
        name="invitation_letter",
    ),
    path("invitatii/<uuid:pk>/", invitations.invitation, name="invitation"),
    path(f"{_MEETING}discutii/", minutes.meeting_minutes, name="meeting_minutes"),
    path(f"{_MEETING}hotarari/noua/", minutes.decision_new, name="decision_new"),
    path("hotarari/<uuid:pk>/plan/", minutes.decision_plan, name="decision_plan"),
    path(f"{_MEETING}proces-verbal/", minutes.minutes_issue, name="minutes_issue"),
    path(f"{_MEETING}proces-verbal/fisier/", minutes.minutes_file, name="minutes_file"),
    path("sarcini/", task_list, name="tasks"),
    path("sarcini/noua/", tasks.task_new, name="task_new"),
    path(f"{_MEETING}sarcini/noua/", tasks.meeting_task, name="meeting_task"),
    path("sarcini/<uuid:pk>/", tasks.task, name="task"),
    path("structuri/", bodies.bodies_list, name="bodies"),
    path("structuri/noua/", bodies.body_new, name="body_new"),
    path("structuri/lipsa/", bodies.bodies_missing, name="bodies_missing"),
    path("structuri/<uuid:pk>/", bodies.body, name="body"),
    path("structuri/<uuid:pk>/incheie/", bodies.body_end, name="body_end"),
    path("structuri/<uuid:pk>/membri/nou/", bodies.seat_new, name="seat_new"),
    path("structuri/<uuid:pk>/membri/<uuid:seat>/iesire/", bodies.seat_end, name="seat_end"),
    path("structuri/<uuid:pk>/sedinte/noua/", calling.session_new, name="session_new"),
    path("structuri/<uuid:pk>/raport/", reports.body_report, name="body_report"),
    path("structuri/<uuid:pk>/raport/<str:first>/", reports.body_report_issue, name="body_report_issue"),
    path("structuri/<uuid:pk>/raport/<str:first>/fisier/", reports.body_report_file, name="body_report_file"),
]
