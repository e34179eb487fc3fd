"""Who works here: people with accounts, their appointments and teams, and what they were typing."""

import datetime as dt
from dataclasses import replace
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability, Deed, MailKind, Role
from punte.accounts.standing import Post, Standing
from punte.kernel.append_only import AppendOnly
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record, new_id
from punte.kernel.prepared import Prepared
from punte.kernel.today import today
from punte.organizations.models import Organization


class UserManager(BaseUserManager["User"]):
    """Makes accounts by e-mail address."""

    def create_user(self, *, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        """An active account; without a password it signs in by its organisation's identity provider alone."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account of one person; those of a demonstration have a password that everybody knows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    profession = models.CharField(_("qualification"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, default="ro")
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the account may be used: it is not closed, nor one of a demonstration where this is none."""
        return self.is_active and (settings.DEMONSTRATION or not self.demonstration)

    @cached_property
    def standing(self) -> Standing:
        """What this account may do today; read once per request."""
        return self.read_standing()

    def read_standing(self) -> Standing:
        """As `standing`, read anew (one query); one that is not open stands nowhere."""
        if not self.is_open:
            return Standing(())
        rows = _appointments(user=self.pk, today=today())
        standing = Standing(tuple(Post(organization, team, Role(role)) for organization, team, role in rows))
        managed = standing.organizations(Capability.MANAGE_ACCOUNTS)
        if not managed:
            return standing
        return replace(standing, looked_after=frozenset(pk for (pk,) in _of_partners_alone(by=managed)))


class Team(Record):
    """People of one organisation who share cases."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], name="one_team_of_a_name_per_organization"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(Period):
    """A person holds a role in an organisation, and in a team of it, for a while."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="appointments")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(max_length=30, choices=Role)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_appointment_per_role_at_a_time", key=["user", "organization", "role"]),
        ]


_appointments = Prepared(
    lambda user, today: (
        Appointment.objects.on(today).filter(user=user).values_list("organization", "team", "role")
    )
)
# Where somebody has, or had, another role than that of a partner, nobody of another institution makes accounts: whoever
# opens one would read with it.
_of_partners_alone = Prepared(
    lambda by: (
        Organization.objects.filter(brought_by__in=by)
        .exclude(pk__in=Appointment.objects.exclude(role=Role.PARTNER).values("organization"))
        .order_by()
        .values_list("pk")
    )
)


class SecondPersonRequestQuerySet(models.QuerySet["SecondPersonRequest"]):
    def waiting(self) -> Self:
        """Those that may still be answered, the oldest first."""
        since = timezone.now() - SecondPersonRequest.TERM
        return self.filter(granted=None, asked_at__gt=since).order_by("asked_at", "pk")


class SecondPersonRequest(Record):
    """A deed that one person asks for and another has to agree to, within `TERM`.

    Attributes:
        verb: what would be done, to the account `subject`.
        detail: what the deed needs beside its subject, such as the new address.
        granted: the answer; empty while nobody answered.
        done_at: when the deed was carried out.
        wrong_codes: how many recovery codes of the holder were wrong.
    """

    TERM = dt.timedelta(hours=72)

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=30, choices=Deed)
    subject = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_person_requests")
    detail = EncryptedTextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = EncryptedTextField()
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    granted = models.BooleanField(null=True, blank=True)
    answer = EncryptedTextField()
    done_at = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    objects = SecondPersonRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="nobody_answers_what_they_asked_for",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None, answered_at=None, granted=None)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False, granted__isnull=False),
                name="an_answer_says_who_and_when",
            ),
        ]

    @property
    def expires_at(self) -> dt.datetime:
        """Until when it may be answered: hours that pass, whatever the clocks on the wall show."""
        return self.asked_at + self.TERM

    @property
    def is_waiting(self) -> bool:
        """Whether it may still be answered."""
        return self.granted is None and timezone.now() < self.expires_at


class FormDraft(Record):
    """What someone has typed into a form and not yet sent; kept when the session ends, gone when the form is sent."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="form_drafts")
    key = models.CharField(max_length=200)
    fields = EncryptedTextField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_form_and_person")]


class KeptView(Record):
    """A way of looking at a list that somebody keeps: how it is narrowed and sorted, or the rows chosen by hand.

    What is kept is how to ask. Who reads it sees of the rows what they see at that moment, and no more.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_views")
    listing = models.CharField(max_length=40)
    name = EncryptedTextField()
    asked = EncryptedTextField()

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["user", "listing"], name="views_kept_of_a_list")]


class KeptRow(models.Model):
    """A row that stands in a view because somebody chose it, with what they remark about it."""

    view = models.ForeignKey(KeptView, on_delete=models.CASCADE, related_name="rows")
    row = models.UUIDField()
    remark = EncryptedTextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["view", "row"], name="a_row_once_in_a_view")]


class SentForm(models.Model):
    """That a form was sent and something made of it: a digest of its mark and of what was typed, and where it led."""

    key = models.CharField(max_length=64, primary_key=True)
    content = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    location = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)


class WaitingMail(Record):
    """A mail to somebody who works here, until the mail server has taken it.

    Attributes:
        address: where it goes, if not to the address that the account has by then.
        taken_at: when a worker began to send it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=MailKind)
    address = EncryptedTextField()
    taken_at = models.DateTimeField(null=True, blank=True)
    subject = EncryptedTextField()
    text = EncryptedTextField()

    class Meta:
        ordering = ["created_at", "pk"]


class OnceLink(Record):
    """A page that somebody without an account opens by what they were given on paper or by phone.

    The number names the row in an address, the code opens it; both are made of the identifier by the installation's
    key, so that neither is kept.

    Attributes:
        purpose: what it opens, by the name under which that was handed over; `subject` is the row that it is about.
        keeper: the institution that lets in; `by` gave the code out.
        digest: by which it is found again.
        wrong: how many codes were wrong.
    """

    MOST_WRONG = 5

    purpose = models.CharField(max_length=40)
    subject = models.UUIDField()
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["purpose", "subject"], name="links_of_a_subject")]

    @property
    def stands(self) -> bool:
        """Whether its code still opens it."""
        over = self.revoked_at or self.used_at or self.wrong >= self.MOST_WRONG
        return not over and timezone.now() < self.expires_at


class SignInFailure(models.Model):
    """A wrong password: digests of the account tried and of the address that tried; forgotten after an hour."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["account", "address"], name="failures_of_account"),
            models.Index(fields=["address"], name="failures_of_address"),
            models.Index(fields=["at"], name="failures_in_time"),
        ]


class KnownAddress(models.Model):
    """An address from which an account signed in with the right password, both as digests; forgotten after a while."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "address"], name="an_address_is_known_once_per_account"
            )
        ]


class TrailEntry(models.Model):
    """One read or change of a record: who, when, which verb, why. Written by verbs, never changed.

    Records are named by identifier, not by foreign key: the trail outlives them and lies on a lower floor. `case` is
    the case of which the line tells, whatever the row is that was changed.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trail")
    verb = models.CharField(max_length=60)
    reading = models.BooleanField(default=False)
    household = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    keeper = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    sealed = models.BooleanField(default=False)
    changes = models.JSONField(default=dict)
    reason = EncryptedTextField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["household", "-at"], name="trail_of_household"),
            models.Index(fields=["person", "-at"], name="trail_of_person"),
            models.Index(fields=["keeper", "-at"], name="trail_of_keeper"),
            models.Index(fields=["actor", "-at"], name="trail_of_actor"),
        ]
        constraints = [AppendOnly(name="trail_is_append_only")]
