"""The yearly round: a UAT says what it needs, the county recommends, the UAT answers (R132, R218)."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.programmes.models import NeedsRound, UatNeed
from punte.programmes.queries import town_halls
from punte.territory.models import County


@verb
def open_round(
    *, by: User, organization: Organization, county: County, year: int, until: dt.date
) -> NeedsRound:
    """Ask the UATs of a county what they need, until a day.

    Raises:
        NotAllowed: the account does not plan in a county directorate.
        DomainError: the county asked already that year, or the day is over.
    """
    by.standing.require(Capability.PLAN, organization.pk)
    if organization.kind != OrganizationKind.COUNTY_DIRECTORATE:
        raise DomainError(_("A round is opened by the county directorate."), field="organization")
    if until < timezone.localdate():
        raise DomainError(_("This day is over."), field="until")
    try:
        with transaction.atomic():
            made = NeedsRound.objects.create(
                county=county, organization=organization, year=year, until=until, by=by
            )
    except IntegrityError as error:
        raise DomainError(_("The county asked already for this year."), field="year") from error
    record(by=by, verb="open_needs_round", keeper=organization.pk, subject=made.pk, changes={"year": year})
    return made


@verb
def state_need(
    *, by: User, round: NeedsRound, organization: Organization, kind: str, why: str, people: int | None = None
) -> UatNeed:
    """Say, for a UAT, that it needs a kind of service.

    Raises:
        NotAllowed: the account does not plan in the town hall.
        DomainError: the round is over, another county's, or the need was stated already.
    """
    by.standing.require(Capability.PLAN, organization.pk)
    uat = organization.uat
    if uat is None or organization not in town_halls(by, round.county_id):
        raise DomainError(_("A need is stated by a town hall of the county."), field="organization")
    if timezone.localdate() > round.until:
        raise DomainError(_("This round is over."))
    if not why.strip():
        raise DomainError(_("Say in a few words for whom and why."), field="why")
    try:
        with transaction.atomic():
            made = UatNeed.objects.create(
                round=round,
                uat=uat,
                organization=organization,
                kind=kind,
                people=people,
                why=why.strip(),
                by=by,
            )
    except IntegrityError as error:
        raise DomainError(_("Your UAT stated this need already."), field="kind") from error
    record(by=by, verb="state_need", keeper=organization.pk, subject=made.pk, changes={"kind": kind})
    return made


@verb
def recommend(*, by: User, need: UatNeed, recommendation: str) -> UatNeed:
    """Recommend, in the county's name, what is to be done about a need.

    Raises:
        NotAllowed: the account does not plan in the county directorate that asked.
        DomainError: nothing is said, or the UAT answered already.
    """
    by.standing.require(Capability.PLAN, need.round.organization_id)
    if not recommendation.strip():
        raise DomainError(_("Write what you recommend."), field="recommendation")
    held = UatNeed.objects.select_for_update(no_key=True).get(pk=need.pk)
    if held.answered_at:
        raise DomainError(_("The UAT has answered already."))
    held.recommendation, held.recommended_at = recommendation.strip(), timezone.now()
    held.save(update_fields=["recommendation", "recommended_at"])
    record(by=by, verb="recommend", keeper=need.round.organization_id, subject=held.pk)
    return held


@verb
def answer_recommendation(*, by: User, need: UatNeed, answer: str) -> UatNeed:
    """Answer the county's recommendation in the UAT's name.

    Raises:
        NotAllowed: the account does not plan in the town hall.
        DomainError: nothing is recommended or said, or it was answered already.
    """
    by.standing.require(Capability.PLAN, need.organization_id)
    if not answer.strip():
        raise DomainError(_("Write the answer."), field="answer")
    held = UatNeed.objects.select_for_update(no_key=True).get(pk=need.pk)
    if held.recommended_at is None or held.answered_at:
        raise DomainError(_("There is no recommendation that waits for an answer."))
    held.answer, held.answered_at = answer.strip(), timezone.now()
    held.save(update_fields=["answer", "answered_at"])
    record(by=by, verb="answer_recommendation", keeper=need.organization_id, subject=held.pk)
    return held
