from django.apps import AppConfig


class Petitions(AppConfig):
    name = "punte.petitions"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.kernel.rotation import rotating
        from punte.petitions.attachments import rotate_files
        from punte.petitions.keeps import KEPT

        hand_over(KEPT)
        rotating.connect(rotate_files, dispatch_uid="files of petitions")
