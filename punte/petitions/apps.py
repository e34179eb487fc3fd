from django.apps import AppConfig


class Petitions(AppConfig):
    name = "punte.petitions"

    def ready(self) -> None:
        from punte.kernel.rotation import rotating
        from punte.petitions.attachments import rotate_files

        rotating.connect(rotate_files, dispatch_uid="files of petitions")
