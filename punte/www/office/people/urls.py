from django.urls import path

from punte.www.office.people.views import (
    emergency,
    households,
    identity,
    joining,
    members,
    people,
    search,
    trail,
)

urlpatterns = [
    path("cauta/", search.search, name="search"),
    path("urgenta/", emergency.emergency_by_cnp, name="emergency_by_cnp"),
    path("gospodarii/", households.households, name="households"),
    path("gospodarii/noua/", households.household_new, name="household_new"),
    path("gospodarii/<uuid:pk>/", households.household, name="household"),
    path("gospodarii/<uuid:pk>/schimba/", households.household_change, name="household_change"),
    path("gospodarii/<uuid:pk>/membru-nou/", members.member_new, name="member_new"),
    path("gospodarii/<uuid:pk>/membri/<uuid:membership>/plecare/", members.member_leave, name="member_leave"),
    path("gospodarii/<uuid:pk>/urgenta/", emergency.emergency, name="emergency"),
    path("gospodarii/<uuid:pk>/cine-a-vazut/", trail.household_trail, name="household_trail"),
    path("persoane/asemanatoare/", joining.likely_pairs, name="likely_pairs"),
    path("persoane/<uuid:pk>/si/<uuid:other>/", joining.likely_pair, name="likely_pair"),
    path("persoane/<uuid:pk>/si/<uuid:other>/diferite/", joining.pair_different, name="pair_different"),
    path("persoane/<uuid:pk>/uniri/<uuid:join>/desparte/", joining.join_undone, name="join_undone"),
    path("persoane/<uuid:pk>/", people.person, name="person"),
    path("persoane/<uuid:pk>/schimba/", people.person_change, name="person_change"),
    path("persoane/<uuid:pk>/cnp/", people.person_cnp, name="person_cnp"),
    path("persoane/<uuid:pk>/acte/nou/", identity.document_new, name="document_new"),
    path("persoane/<uuid:pk>/acte/<uuid:document>/scoate/", identity.document_remove, name="document_remove"),
    path("persoane/<uuid:pk>/nume/nou/", identity.other_name_new, name="other_name_new"),
    path("persoane/<uuid:pk>/nume/<uuid:name>/scoate/", identity.other_name_remove, name="other_name_remove"),
    path("persoane/<uuid:pk>/rude/noua/", identity.kinship_new, name="kinship_new"),
    path("persoane/<uuid:pk>/rude/<uuid:kinship>/scoate/", identity.kinship_remove, name="kinship_remove"),
    path("persoane/<uuid:pk>/cine-a-vazut/", trail.person_trail, name="person_trail"),
]
