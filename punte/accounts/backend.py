"""Who may have a session."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from punte.accounts.models import User
from punte.kernel.prepared import Prepared

_account = Prepared(lambda key: User.objects.filter(pk=key).order_by())


class OpenAccounts(AuthenticationBackend):
    """E-mail and password, of accounts that are open; a session ends with the next request of a closed one."""

    def get_user(self, user_id: UUID) -> User | None:
        """Read with every request."""
        found: list[User] = _account(key=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return isinstance(user, User) and user.is_open
