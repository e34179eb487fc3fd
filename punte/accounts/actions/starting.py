"""The first institution of an installation and its administrator, before there is anybody who could invite them."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.actions.second_person import an_address, free_address
from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.territory.models import Uat

_WHOSE_TOWN_HALL = {"comună": "Comunei ", "oraș": "Orașului ", "municipiu": "Municipiului "}


@verb
def start_installation(*, uat: Uat, email: str, name: str, organization: str = "") -> Appointment:
    """Make the town hall of a UAT, or its social assistance department, and the account that administers it.

    The account has no password; whoever calls hands over a link of one use. Called once more for the same address
    before a password was set, it gives the same administrator, for a link that was lost or has run out.

    Args:
        organization: its legal name; the town hall's where it is empty. One that the directory knows is taken.

    Raises:
        DomainError: this is a demonstration, somebody administers an institution here already, or what was given
            cannot be kept.
    """
    require_nothing_started(email)
    email = an_address(email)
    _require_name(name)
    posts = Appointment.objects.filter(role=Role.ADMINISTRATOR, user__email=email).order_by("start", "pk")
    begun = posts.select_related("user", "organization").first()
    if begun is not None:
        record(by=begun.user, verb="start_installation", keeper=begun.organization_id, subject=begun.user_id)
        return begun
    institution = _institution(uat, organization.strip() or _town_hall(uat))
    user = User.objects.create_user(email=free_address(email), name=name.strip())
    post = Appointment.objects.create(
        user=user, organization=institution, role=Role.ADMINISTRATOR, start=timezone.localdate()
    )
    record(
        by=user,
        verb="start_installation",
        keeper=institution.pk,
        subject=user.pk,
        changes={"role": str(Role.ADMINISTRATOR)},
    )
    return post


def require_nothing_started(email: str) -> None:
    """Refuse where somebody else than `email`, who has no password yet, administers an institution.

    Raises:
        DomainError: so it is, or this is a demonstration.
    """
    if settings.DEMONSTRATION:
        raise DomainError(
            _(
                "This is a demonstration (PUNTE_DEMONSTRATION). Start a real installation without it,"
                " in another PUNTE_VAR."
            )
        )
    for post in Appointment.objects.filter(role=Role.ADMINISTRATOR).select_related("user", "organization"):
        waiting = post.user.is_active and not post.user.has_usable_password()
        if not waiting or post.user.email != email.strip().lower():
            raise DomainError(
                _("%(organization)s is here already, with an administrator. They make the other accounts.")
                % {"organization": post.organization.name}
            )


def _require_name(name: str) -> None:
    if not name.strip() or len(name) > 120:
        raise DomainError(_("Give the name of the administrator, at most 120 letters."), field="name")


def _institution(uat: Uat, name: str) -> Organization:
    if len(name) > 250:
        raise DomainError(_("Give the name of the institution, at most 250 letters."), field="organization")
    found, _made = Organization.objects.get_or_create(
        folded_name=fold(name), uat=uat, defaults={"name": name, "kind": OrganizationKind.TOWN_HALL}
    )
    if found.kind != OrganizationKind.TOWN_HALL:
        raise DomainError(
            _("“%(name)s” is known here as: %(kind)s. Give the name of the town hall or of its department.")
            % {"name": found.name, "kind": found.get_kind_display()},
            field="organization",
        )
    return found


def _town_hall(uat: Uat) -> str:
    return f"Primăria {_WHOSE_TOWN_HALL.get(uat.kind.split()[0], '')}{uat.name}"
