from django.urls import path

from punte.www.partner.views import home, letters, notifications, opinions, service_edit, services
from punte.www.partner.views.meetings import partner_invitation, partner_meetings, partner_task
from punte.www.partner.views.referrals import referral_places, referral_received, referrals_received

urlpatterns = [
    path("", home.partner_home, name="partner_home"),
    path("scrisoare/", letters.letter_open, name="letter_open"),
    path("scrisoare/raspuns/", letters.letter, name="letter"),
    path("scrisoare/multumim/", letters.letter_answered, name="letter_answered"),
    path("scrisoare/<str:number>/", letters.letter_open, name="letter_numbered"),
    path("oameni/", home.partner_people, name="partner_people"),
    path("referiri/", referrals_received, name="referrals_received"),
    path("<uuid:pk>/", referral_received, name="referral_received"),
    path("<uuid:pk>/locuri/", referral_places, name="referral_places"),
    path("intalniri/", partner_meetings, name="partner_meetings"),
    path("intalniri/<uuid:pk>/", partner_invitation, name="partner_invitation"),
    path("sarcini/<uuid:pk>/", partner_task, name="partner_task"),
    path("sesizari/", notifications.notifications_sent, name="notifications_sent"),
    path("sesizari/noua/", notifications.notification_send, name="notification_send"),
    path("sesizari/<uuid:pk>/", notifications.notification_sent, name="notification_sent"),
    path("servicii/", services.own_services, name="own_services"),
    path("servicii/nou/", service_edit.own_service_new, name="own_service_new"),
    path("servicii/nepreluate/", service_edit.services_of_nobody, name="services_of_nobody"),
    path("servicii/nepreluate/<uuid:pk>/", service_edit.service_claim, name="service_claim"),
    path(
        "servicii/propuneri/<uuid:pk>/retrage/",
        service_edit.own_proposal_withdraw,
        name="own_proposal_withdraw",
    ),
    path("servicii/<uuid:pk>/", services.own_service, name="own_service"),
    path("servicii/<uuid:pk>/pareri/", opinions.own_service_opinions, name="own_service_opinions"),
    path("servicii/<uuid:pk>/pareri/foaie.pdf", opinions.opinion_poster, name="opinion_poster"),
    path("servicii/<uuid:pk>/locuri/", services.own_service_places, name="own_service_places"),
    path("servicii/<uuid:pk>/confirma/", services.own_service_confirm, name="own_service_confirm"),
    path("servicii/<uuid:pk>/capacitate/", services.own_service_capacity, name="own_service_capacity"),
    path("servicii/<uuid:pk>/modifica/", service_edit.own_service_edit, name="own_service_edit"),
    path("servicii/<uuid:pk>/stare/", service_edit.own_service_status, name="own_service_status"),
]
