from django.urls import path

from punte.www.office.keeping.views import consents, opened, sharings, ties, transfers

urlpatterns = [
    path("gospodarii/<uuid:pk>/acorduri/nou/", consents.household_consent, name="household_consent"),
    path("persoane/<uuid:pk>/acorduri/nou/", consents.person_consent, name="person_consent"),
    path("acorduri/<uuid:pk>/retragere/", consents.consent_withdraw, name="consent_withdraw"),
    path("acorduri/<uuid:pk>/hartie/", consents.consent_paper, name="consent_paper"),
    path("gospodarii/<uuid:pk>/impartasire/", sharings.sharing_new, name="sharing_new"),
    path("gospodarii/<uuid:pk>/impartasire/<uuid:organization>/", sharings.sharing_ask, name="sharing_ask"),
    path("impartasiri/", sharings.shared_records, name="shared_records"),
    path("impartasiri/<uuid:pk>/", sharings.shared_record, name="shared_record"),
    path("impartasiri/<uuid:pk>/raspuns/", sharings.sharing_answer, name="sharing_answer"),
    path("impartasiri/<uuid:pk>/revocare/", sharings.sharing_revoke, name="sharing_revoke"),
    path("impartasiri/<uuid:pk>/renuntare/", sharings.sharing_give_up, name="sharing_give_up"),
    path("deschise/", opened.opened_records, name="opened_records"),
    path("deschise/<uuid:pk>/", opened.opened_record, name="opened_record"),
    path("cazuri/<uuid:pk>/predare/", transfers.transfer_new, name="transfer_new"),
    path("predari/<uuid:pk>/", transfers.transfer, name="transfer"),
    path("predari/<uuid:pk>/raspuns/", transfers.transfer_answer, name="transfer_answer"),
    path("predari/<uuid:pk>/retragere/", transfers.transfer_withdraw, name="transfer_withdraw"),
    path("predari/<uuid:pk>/scrisoare/", transfers.transfer_letter, name="transfer_letter"),
    path("cazuri/<uuid:pk>/legaturi/noua/", ties.tie_new, name="tie_new"),
    path("cazuri/<uuid:pk>/legaturi/<uuid:tie>/desfacere/", ties.tie_end, name="tie_end"),
]
