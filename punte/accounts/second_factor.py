"""The second step of signing in: who must have one, and how its secrets are kept."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from punte.accounts.models import User
from punte.kernel.encryption import decrypt, encrypt

_SECRETS = ("secret", "seed")
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Punte"}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays where the role asks for one."""
        if authenticator.type not in _FACTORS or not must_have_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()


def must_have_second_factor(user: User) -> bool:
    """Whether a role of the account meets personal data, on an installation that asks for a second factor."""
    return settings.MFA_REQUIRED and user.standing.sees_personal_data


def has_second_factor(user: User) -> bool:
    """Whether the account has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=_FACTORS).exists()


def forget_second_factors(user: User) -> None:
    """Take away every authenticator and recovery code of an account."""
    Authenticator.objects.filter(user=user).delete()


def end_sessions(user: User) -> None:
    """Sign an account out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def rotate_secrets(**_signal: Any) -> int:
    """Re-encrypt the secrets of second factors with the newest key; the number of secrets rewritten."""
    rewritten = 0
    for pk in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True):
        with transaction.atomic():
            kept = Authenticator.objects.select_for_update(no_key=True).get(pk=pk)
            codes = kept.data.get("migrated_codes", [])
            for name in _SECRETS:
                if name in kept.data:
                    kept.data[name] = encrypt(decrypt(kept.data[name]))
                    rewritten += 1
            if codes:
                kept.data["migrated_codes"] = [encrypt(decrypt(code)) for code in codes]
                rewritten += len(codes)
            kept.save(update_fields=["data"])
    return rewritten
