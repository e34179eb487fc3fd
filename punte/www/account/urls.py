from django.urls import path, re_path

from punte.www.account.views.calendar import calendar_file, own_calendar, own_calendar_revoke
from punte.www.account.views.drafts import form_draft
from punte.www.account.views.own import account, closed
from punte.www.account.views.promise import promise
from punte.www.account.views.second_person import holder_answers

urlpatterns = [
    path("cont/", account, name="account"),
    path("cont/promisiune/", promise, name="promise"),
    path("cont/calendar/", own_calendar, name="own_calendar"),
    path("cont/calendar/retrage/", own_calendar_revoke, name="own_calendar_revoke"),
    path("calendar/<str:token>.ics", calendar_file, name="calendar_file"),
    path("cont/al-doilea-om/<uuid:pk>/", holder_answers, name="holder_agrees"),
    path("ciorne/<str:key>/", form_draft, name="form_draft"),
    re_path(r"^conturi/(?:email/|confirm-email/|signup/|password/set/|3rdparty/$)", closed, name="closed"),
]
