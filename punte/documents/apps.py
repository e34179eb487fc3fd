from django.apps import AppConfig


class Documents(AppConfig):
    name = "punte.documents"

    def ready(self) -> None:
        from punte.documents.filing import rotate_files
        from punte.kernel.rotation import rotating

        rotating.connect(rotate_files, dispatch_uid="files of cases")
