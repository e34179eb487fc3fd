from django.urls import path

from punte.www.office.assessments.views import course, doors, findings, questionnaire

urlpatterns = [
    path("gospodarii/<uuid:household>/evaluare/", questionnaire.assess, name="assess"),
    path("gospodarii/<uuid:household>/evaluare/<str:pack>/", questionnaire.assess, name="assess_with"),
    path(
        "gospodarii/<uuid:household>/evaluare/<str:pack>/<uuid:person>/",
        questionnaire.assess_person,
        name="assess_person",
    ),
    path(
        "gospodarii/<uuid:household>/evaluare/<str:pack>/<uuid:person>/niveluri/",
        course.assessment_course,
        name="assessment_course",
    ),
    path("evaluari/formulare/<str:pack>/<str:version>/", doors.form_xml, name="form_xml"),
    path("evaluari/ciorne/<uuid:pk>/", doors.draft, name="assessment_draft"),
    path("evaluari/ciorne/<uuid:pk>/trimite/", doors.submit, name="assessment_submit"),
    path("evaluari/ciorne/<uuid:pk>/persoane/", questionnaire.people, name="assessment_people"),
    path("evaluari/ciorne/<uuid:pk>/renunta/", questionnaire.discard, name="assessment_discard"),
    path("evaluari/<uuid:pk>/", findings.assessment, name="assessment"),
    path("evaluari/<uuid:pk>/raspunsuri/", findings.answers, name="assessment_answers"),
]
