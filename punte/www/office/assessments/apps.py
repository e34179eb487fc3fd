from django.apps import AppConfig


class OfficeAssessments(AppConfig):
    name = "punte.www.office.assessments"
    label = "office_assessments"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.assessments.views.lanes import LANES

        hand_over(LANES)
