from django.apps import AppConfig


class Accounts(AppConfig):
    name = "punte.accounts"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.accounts.keeps import KEPT
        from punte.accounts.second_factor import rotate_secrets
        from punte.kernel.rotation import rotating

        hand_over(KEPT)
        rotating.connect(rotate_secrets, dispatch_uid="second factors")
