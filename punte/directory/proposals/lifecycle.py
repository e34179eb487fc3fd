"""A proposal from its writing to its publishing: what the verbs about proposals share."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.directory.enums import ProposalKind, ProposalStatus, ServiceStatus
from punte.directory.models import Licence, Location, OpeningHours, Proposal, Service, StatusPeriod
from punte.directory.services.colleagues import names_a_colleague
from punte.directory.services.details import Details, check_together, details_of
from punte.directory.services.keepers import territory_of
from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.territory.models import Uat

MOST_WORDS = 2_000


def put_forward(
    *,
    by: User,
    kind: ProposalKind,
    organization: UUID,
    values: Mapping[str, Any],
    service: Service | None = None,
    before: Mapping[str, Any] | None = None,
    uat: Uat | None = None,
    words: str = "",
    name_confirmed: bool = False,
) -> Proposal:
    """Write a proposal; one that waits already makes room for it. What its author may check is published at once.

    Args:
        name_confirmed: whether the author was asked about a name that is a colleague's, and means it.
    """
    words = words.strip()
    publishers = {organization, service.provider_id} if service else {organization}
    named = names_a_colleague(str(values.get("name") or ""), publishers)
    if named and not name_confirmed:
        raise DomainError(
            _(
                "This is the name of somebody who works for you, and everybody would read it. If the person agrees,"
                " tick the box; if not, give the service another name."
            ),
            field="name_confirmed",
        )
    if len(words) > MOST_WORDS:
        raise DomainError(_("At most %(most)s characters, please.") % {"most": MOST_WORDS}, field="words")
    if service is not None:
        _waiting(service, organization, kind).update(status=ProposalStatus.WITHDRAWN)
    proposal = Proposal.objects.create(
        kind=kind,
        organization_id=organization,
        service=service,
        values=dict(values),
        before=dict(before or {}),
        base=service.modified_at if service else None,
        uat=uat,
        words=words,
        by=by,
    )
    record(
        by=by,
        verb=f"propose_{kind}",
        keeper=organization,
        subject=service.pk if service else proposal.pk,
        changes={"fields": sorted(values), **({"name_confirmed": True} if named else {})},
    )
    if _publishes_own(by, organization, proposal):
        carry_out(proposal, by=by)
    return proposal


def _publishes_own(by: User, organization: UUID, proposal: Proposal) -> bool:
    territory = territory_of(by, organization)
    return any(territory.has(uat, county) for uat, county in _places(proposal))


def _places(proposal: Proposal) -> list[tuple[int, str]]:
    if proposal.uat is not None:
        return [(proposal.uat.siruta, proposal.uat.county_id)]
    if proposal.service is None:
        return []
    return list(proposal.service.locations.values_list("uat_id", "uat__county_id"))


def _waiting(service: Service, organization: UUID, kind: ProposalKind) -> Any:
    return Proposal.objects.filter(
        service=service, organization=organization, kind=kind, status=ProposalStatus.WAITING
    )


def waiting_details(service: Service) -> Proposal | None:
    """The change of what is published that waits to be checked, of the service's own provider."""
    return _waiting(service, service.provider_id, ProposalKind.DETAILS).first()  # type: ignore[no-any-return]


def now_of(proposal: Proposal) -> Details:
    """What is true today of the fields that a proposal would change."""
    service = proposal.service
    if service is None:
        return {}
    if proposal.kind == ProposalKind.DETAILS:
        now = details_of(service)
        return {name: now.get(name) for name in proposal.values}
    if proposal.kind == ProposalKind.CLAIM:
        return {"provider": str(service.provider_id)}
    return status_of(service)


def status_of(service: Service) -> Details:
    """The status of a service and since when, as a proposal holds it."""
    since = service.status_since
    return {"status": service.status, "start": since and since.isoformat()}


def seen_of(proposal: Proposal) -> str:
    """A mark of what is true today of the fields of a proposal: it differs where somebody changed one of them."""
    return hashlib.sha256(json.dumps(now_of(proposal), sort_keys=True).encode()).hexdigest()[:32]


def was_overtaken(proposal: Proposal) -> bool:
    """Whether a field of the proposal was changed since it was written."""
    now = now_of(proposal)
    return any(now.get(name) != was for name, was in proposal.before.items() if name in now)


def close(proposal: Proposal, *, by: User, status: ProposalStatus, answer: str = "") -> None:
    """Note how a waiting proposal ended."""
    proposal.status, proposal.answer = status, answer
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["status", "answer", "decided_by", "decided_at", "service"])


def locked(proposal: Proposal) -> Proposal:
    """The proposal, held so that it is decided once.

    Raises:
        DomainError: it waits no longer.
    """
    found = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if found.status != ProposalStatus.WAITING:
        raise DomainError(
            _("This proposal was settled meanwhile: %(how)s.") % {"how": found.get_status_display()}
        )
    return found


def carry_out(proposal: Proposal, *, by: User) -> Service:
    """Make true what a proposal says, and note that it was published.

    Raises:
        DomainError: it can no longer be.
    """
    service = _CARRIED_OUT[ProposalKind(proposal.kind)](proposal, by)
    touch(service)
    proposal.service = service
    close(proposal, by=by, status=ProposalStatus.PUBLISHED)
    record(
        by=by,
        verb="publish_proposal",
        keeper=service.provider_id,
        subject=service.pk,
        changes={"kind": proposal.kind, "fields": sorted(proposal.values)},
    )
    return service


def touch(service: Service) -> None:
    """Note that what is known of a service changed now; a provider's word takes the service over."""
    service.modified_at = timezone.now()
    service.save(update_fields=["modified_at"])


def take_over(service: Service, organization: UUID) -> None:
    """From the first word of its provider on, a service is the provider's to keep."""
    if service.claimed_on is None and service.provider_id == organization:
        service.claimed_on = timezone.localdate()
        service.save(update_fields=["claimed_on"])


def write_details(service: Service, values: Mapping[str, Any]) -> None:
    """Set fields of a service to checked values."""
    own = {name: value for name, value in values.items() if name not in ("address", "hours", "licence")}
    for name, value in own.items():
        setattr(service, name, value)
    if "name" in own:
        own["folded_name"] = service.folded_name = fold(own["name"])
    if own:
        service.save(update_fields=list(own))
    if "hours" in values:
        service.hours.all().delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(service=service, weekday=day, opens=opens, closes=closes)
            for day, opens, closes in values["hours"]
        )
    if values.get("address") is not None:
        _move(service, values["address"])
    if values.get("licence"):
        _write_licence(service, values["licence"])


def _move(service: Service, address: str) -> None:
    """To another address in the same UAT; a service that is given at several places is not moved by an address."""
    places = list(service.locations.select_related("uat"))
    if len(places) == 1:
        service.locations.set([_location(places[0].uat, address)])


def _write_licence(service: Service, licence: Mapping[str, Any]) -> None:
    """The licence of the same number is mended; another one takes the place of the one before from its first day."""
    start = dt.date.fromisoformat(licence["start"])
    end = dt.date.fromisoformat(licence["end"]) + dt.timedelta(days=1) if licence["end"] else None
    fields = {"issued_by": licence["issued_by"], "start": start, "end": end}
    same = service.licences.filter(number=licence["number"]).first()
    others = service.licences.exclude(number=licence["number"])
    if others.filter(start__gte=start).exists():
        raise DomainError(_("A later licence of the service is known already."), field="licence")
    for former in others:
        if former.end is None or former.end > start:
            former.end = start
            former.save(update_fields=["end"])
    if same:
        for name, value in fields.items():
            setattr(same, name, value)
        same.save()
    else:
        Licence.objects.create(service=service, number=licence["number"], **fields)


def _details(proposal: Proposal, by: User) -> Service:
    service = _held_service(proposal)
    values = proposal.values
    check_together({**details_of(service), **values})
    write_details(service, values)
    take_over(service, proposal.organization_id)
    return service


def _status(proposal: Proposal, by: User) -> Service:
    service = _held_service(proposal)
    values = proposal.values
    start = dt.date.fromisoformat(values["start"])
    current = StatusPeriod.objects.filter(service=service, end=None).order_by("-start").first()
    if current is not None and start < current.start:
        raise DomainError(
            _("The service has been as it is since %(day)s; the new status begins then or later.")
            % {"day": f"{current.start:%d.%m.%Y}"},
            field="start",
        )
    if current is not None:
        current.end = start
        current.save(update_fields=["end"])
    expected = values.get("expected_until")
    StatusPeriod.objects.create(
        service=service,
        status=values["status"],
        start=start,
        reason=values.get("reason", ""),
        expected_until=expected and dt.date.fromisoformat(expected),
        by=proposal.by,
    )
    service.status, service.status_since = values["status"], start
    service.save(update_fields=["status", "status_since"])
    take_over(service, proposal.organization_id)
    return service


def _claim(proposal: Proposal, by: User) -> Service:
    service = Service.objects.select_for_update(no_key=True).get(proposals=proposal)
    if service.claimed_on is not None:
        raise DomainError(_("Somebody keeps this service already."))
    twin = Service.objects.filter(provider=proposal.organization_id, folded_name=service.folded_name)
    if twin.exclude(pk=service.pk).exists():
        raise DomainError(_("The organisation has a service of this name already."))
    service.provider_id = proposal.organization_id
    service.claimed_on = timezone.localdate()
    service.save(update_fields=["provider", "claimed_on"])
    return service


def _new(proposal: Proposal, by: User) -> Service:
    values = dict(proposal.values)
    code, address = values.pop("code", None), values.pop("address", "")
    assert proposal.uat is not None
    if Service.objects.filter(
        provider=proposal.organization_id, folded_name=fold(values["name"]), locations__uat=proposal.uat_id
    ).exists():
        raise DomainError(_("The organisation has a service of this name already."), field="name")
    today = timezone.localdate()
    service = Service.objects.create(
        provider_id=proposal.organization_id,
        name=values["name"],
        folded_name=fold(values["name"]),
        code_id=code or None,
        claimed_on=today,
        status_since=today,
    )
    write_details(service, values)
    service.locations.add(_location(proposal.uat, address))
    StatusPeriod.objects.create(service=service, status=ServiceStatus.ACTIVE, start=today, by=proposal.by)
    return service


def _location(uat: Uat, address: str) -> Location:
    found = Location.objects.filter(uat=uat, address=address).first()
    return found or Location.objects.create(
        uat=uat, address=address, latitude=uat.latitude, longitude=uat.longitude
    )


def _held_service(proposal: Proposal) -> Service:
    service = Service.objects.select_for_update(no_key=True).get(proposals=proposal)
    if service.provider_id != proposal.organization_id and service.claimed_on is not None:
        raise DomainError(_("The service is kept by another organisation now."))
    return service


_CARRIED_OUT = {
    ProposalKind.DETAILS: _details,
    ProposalKind.STATUS: _status,
    ProposalKind.CLAIM: _claim,
    ProposalKind.NEW: _new,
}
