from django.apps import AppConfig


class OfficeDocuments(AppConfig):
    name = "punte.www.office.documents"
    label = "office_documents"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.documents.views.lanes import LANES

        hand_over(LANES)
