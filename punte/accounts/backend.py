"""Who may have a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from punte.accounts.models import User


class OpenAccounts(AuthenticationBackend):
    """E-mail and password, of accounts that are open; a session ends with the next request of a closed one."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return isinstance(user, User) and user.is_open
