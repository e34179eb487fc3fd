from django.urls import path

from punte.www.office.benefits.views import applications, listing, places, rules, seeming

_APPLICATION = "drepturi/cereri/<uuid:pk>/"

urlpatterns = [
    path("drepturi/", listing.entitlements, name="entitlements"),
    path("drepturi/pe-localitati/", places.entitlements_by_place, name="entitlements_by_place"),
    path("drepturi/reguli/", rules.entitlement_rules, name="entitlement_rules"),
    path("drepturi/reguli/<uuid:organization>/<slug:what>/", rules.entitlement_rule, name="entitlement_rule"),
    path("drepturi/cereri/", applications.applications, name="applications"),
    path(_APPLICATION, applications.application, name="application"),
    path(f"{_APPLICATION}acte/", applications.application_papers, name="application_papers"),
    path(f"{_APPLICATION}gospodaria/", applications.application_household, name="application_household"),
    path(f"{_APPLICATION}finalizare/", applications.application_finish, name="application_finish"),
    path(f"{_APPLICATION}inchidere/", applications.application_close, name="application_close"),
    path("cazuri/<uuid:pk>/drepturi/", seeming.case_entitlements, name="case_entitlements"),
    path("gospodarii/<uuid:pk>/drepturi/", seeming.household_entitlements, name="household_entitlements"),
]
