"""What was kept long enough: listed, read, decided; erased to a stub that still counts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.guests import Due, guests
from punte.accounts.retention import Keeping, due, erase_due, keep_longer, keepings, over
from punte.accounts.verbs import record_read
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.form_page import FormPage
from punte.www.office.privacy.forms.retention import ERASE, DecideForm
from punte.www.office.privacy.views.requests import keeps_privacy


@dataclass(frozen=True)
class Line:
    """One kind of file of one institution: how long it is kept, and how much of it is over."""

    keeping: Keeping
    title: str | Promise
    keeper: Organization
    rows: int
    one_by_one: bool


@require_safe
@keeps_privacy
def retention(request: SignedIn) -> HttpResponse:
    """Each kind with its years and where these come from, and how much is over."""
    keepers = Organization.objects.in_bulk(request.user.standing.organizations(Capability.KEEP_PRIVACY))
    counted = {(one.keeping.key, one.keeper): one.rows for one in over(timezone.localdate())}
    kinds = _kinds()
    lines = [
        Line(
            keeping,
            kinds[keeping.key][0],
            keeper,
            counted.get((keeping.key, keeper.pk), 0),
            kinds[keeping.key][1],
        )
        for keeping in keepings()
        for keeper in sorted(keepers.values(), key=lambda one: one.name)
    ]
    return render(request, "office_privacy/retention.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_privacy
def retention_decide(request: SignedIn, key: str, pk: UUID) -> HttpResponse:
    """What of one kind and institution is over, one by one: somebody reads it and decides."""
    own = request.user.standing.organizations(Capability.KEEP_PRIVACY)
    keeper = fetch(Organization.objects.filter(pk__in=own), pk=pk)
    keeping = next((one for one in keepings() if one.key == key and _kinds()[one.key][1]), None)
    if keeping is None:
        raise Http404
    today = timezone.localdate()
    found: list[Due] = due(keeping, keeper.pk, today)
    said = _("%(what)s, ended on %(day)s")
    choices = [
        (str(one.subject), said % {"what": one.called, "day": f"{one.ended:%d.%m.%Y}"}) for one in found
    ]
    form = FormPage(request, DecideForm, subjects=choices)

    def decide(given: dict[str, Any]) -> int:
        about = {
            "by": request.user,
            "keeping": keeping,
            "keeper": keeper.pk,
            "subjects": [UUID(one) for one in given["subjects"]],
            "reason": given["reason"],
            "today": today,
        }
        if given["decision"] == ERASE:
            return erase_due(**about)
        return keep_longer(**about, until=given["until"])

    if keeping.is_on and form.attempt(decide):
        return form.done(_("Done: %(rows)d.") % {"rows": form.made}, "retention")
    record_read(by=request.user, what="retention_decide", keeper=keeper.pk)
    return form.ask(
        _("Kept long enough"),
        template="office_privacy/retention_decide.html",
        button=_("Carry it out"),
        back=reverse("retention"),
        back_to=_("How long things are kept"),
        keeping=keeping,
        over=[words for _key, words in choices],
    )


def _kinds() -> dict[str, tuple[str | Promise, bool]]:
    """What each kind is called, and whether it is read one by one."""
    kept = (one for guest in guests() for one in guest.keeps)
    return {one.erasing.key: (one.title, one.erasing.due is not None) for one in kept if one.erasing}
