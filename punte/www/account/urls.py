from django.urls import path, re_path

from punte.www.account.views.drafts import form_draft
from punte.www.account.views.own import account, closed

urlpatterns = [
    path("cont/", account, name="account"),
    path("ciorne/<str:key>/", form_draft, name="form_draft"),
    re_path(r"^conturi/(?:email/|confirm-email/|signup/|password/set/|3rdparty/$)", closed, name="closed"),
]
