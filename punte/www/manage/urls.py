from django.urls import path

from punte.www.manage.views import accounts, communities, institutions, listing, second_person, teams, trail

urlpatterns = [
    path("conturi/", listing.users, name="users"),
    path("conturi/nou/", accounts.new_user, name="new_user"),
    path("conturi/<uuid:pk>/", accounts.user, name="user"),
    path("conturi/<uuid:pk>/numire/", accounts.new_appointment, name="new_appointment"),
    path("conturi/<uuid:pk>/parola/", accounts.password, name="user_password"),
    path("conturi/<uuid:pk>/parola/cerere/", accounts.password_asked, name="user_password_asked"),
    path("conturi/<uuid:pk>/e-mail/", accounts.email, name="user_email"),
    path("conturi/<uuid:pk>/al-doilea-pas/", accounts.second_factor, name="user_second_factor"),
    path("conturi/<uuid:pk>/inchide/", accounts.deactivate_user, name="deactivate_user"),
    path("conturi/<uuid:pk>/deschide/", accounts.reactivate_user, name="reactivate_user"),
    path("de-aprobat/", second_person.to_approve, name="to_approve"),
    path("de-aprobat/<uuid:pk>/", second_person.answer_request, name="answer_request"),
    path("numiri/<uuid:pk>/incetare/", accounts.end_appointment_page, name="end_appointment"),
    path("echipe/", teams.teams, name="teams"),
    path("echipe/<uuid:pk>/", teams.team, name="team"),
    path("institutii/", institutions.institutions, name="institutions"),
    path("institutii/noua/", institutions.institution_new, name="institution_new"),
    path("institutii/<uuid:pk>/", institutions.institution, name="institution"),
    path("institutii/<uuid:pk>/date/", institutions.institution_change, name="institution_change"),
    path("institutii/<uuid:pk>/contact/", institutions.contact_new, name="contact_new"),
    path("contacte/<uuid:pk>/incetare/", institutions.contact_end, name="contact_end"),
    path("comunitati/", communities.communities, name="communities"),
    path("comunitati/noua/", communities.community_new, name="community_new"),
    path("comunitati/<uuid:pk>/", communities.community_change, name="community_change"),
    path("jurnal/", trail.trail, name="trail"),
    path("urgente/", trail.emergencies, name="emergencies"),
    path("urgente/<uuid:pk>/", trail.acknowledge, name="acknowledge_emergency"),
]
