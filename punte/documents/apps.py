from django.apps import AppConfig


class Documents(AppConfig):
    name = "punte.documents"

    def ready(self) -> None:
        from punte.accounts.guests import Guest, hand_over
        from punte.cases.signals import cases_erased
        from punte.documents.erasing import follow_erasing
        from punte.documents.extract import tables
        from punte.documents.filing import rotate_files
        from punte.documents.keeps import KEEPS
        from punte.kernel.rotation import rotating

        hand_over(Guest("documents_filed", extract=tables, keeps=KEEPS))
        cases_erased.connect(follow_erasing, dispatch_uid="documents_follow_erasing")
        rotating.connect(rotate_files, dispatch_uid="files of cases")
