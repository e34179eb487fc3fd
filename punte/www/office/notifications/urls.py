from django.urls import URLPattern, path

from punte.www.office.notifications.views import abuse, calls, letter, listing, page, recording, steps

urlpatterns: list[URLPattern] = [
    path("", listing.notifications, name="notifications"),
    path("noua/", recording.notification_new, name="notification_new"),
    path("cunoscuti/", recording.notification_known, name="notification_known"),
    path("din-petitie/<uuid:pk>/", recording.notification_from_petition, name="notification_from_petition"),
    path("apeluri/", calls.hotline, name="hotline"),
    path("abuz/", abuse.abuse_totals, name="abuse_totals"),
    path("<uuid:pk>/", page.notification, name="notification"),
    path("<uuid:pk>/urgenta/", steps.notification_triage, name="notification_triage"),
    path("<uuid:pk>/repartizare/", steps.notification_assign, name="notification_assign"),
    path("<uuid:pk>/echipa/", steps.notification_team, name="notification_team"),
    path("<uuid:pk>/echipa/sosita/", steps.notification_arrived, name="notification_arrived"),
    path("<uuid:pk>/echipa/intoarsa/", steps.notification_back, name="notification_back"),
    path("<uuid:pk>/verificare/", steps.notification_check, name="notification_check"),
    path("<uuid:pk>/rezultat/", steps.notification_result, name="notification_result"),
    path("<uuid:pk>/caz/", steps.notification_case, name="notification_case"),
    path("<uuid:pk>/trimitere/", steps.notification_send_on, name="notification_send_on"),
    path("<uuid:pk>/inchidere/", steps.notification_close, name="notification_close"),
    path("<uuid:pk>/nota/", steps.notification_note, name="notification_note"),
    path("<uuid:pk>/alaturare/", steps.notification_join, name="notification_join"),
    path("<uuid:pk>/alaturare-caz/", steps.notification_join_case, name="notification_join_case"),
    path("<uuid:pk>/cine/", steps.notification_link, name="notification_link"),
    path("<uuid:pk>/al-nostru/", steps.notification_ours, name="notification_ours"),
    path("<uuid:pk>/raspuns.pdf", letter.notification_letter, name="notification_letter"),
]
