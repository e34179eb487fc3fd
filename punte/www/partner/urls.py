from django.urls import path

from punte.www.partner.views import referral_places, referral_received, referrals_received

urlpatterns = [
    path("", referrals_received, name="referrals_received"),
    path("<uuid:pk>/", referral_received, name="referral_received"),
    path("<uuid:pk>/locuri/", referral_places, name="referral_places"),
]
