"""Reports are begun, written part by part, counted anew, and issued."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.annual_plans.editing import StaleRow
from punte.directory.models import Service
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.programmes.models import Programme
from punte.reports.asking import asked_of
from punte.reports.composing import Composed, frozen
from punte.reports.definition import ReportKind
from punte.reports.figures import counted, newest_extract, quarters_until
from punte.reports.models import Report, ReportDraft, ReportVersion
from punte.reports.reading import names_in, report_kinds

MOST = 20_000


def kind_of(report: Report) -> ReportKind:
    """The file of a report.

    Raises:
        DomainError: there is none of its key any more.
    """
    found = report_kinds().get(report.kind)
    if found is None:
        raise DomainError(_("The file of this kind of report is not there any more."))
    return found


@verb
def begin_report(
    *,
    by: User,
    kind: str,
    organization: Organization,
    start: dt.date,
    end: dt.date,
    programme: Programme | None = None,
    service: Service | None = None,
) -> Report:
    """Begin a report of an institution, with the figures of the newest extract.

    Args:
        start, end: its first and its last day.

    Raises:
        NotAllowed: the account does not write reports there.
        DomainError: it is begun already, its days are wrong, or it is of something else.
    """
    by.standing.require(Capability.PLAN, organization.pk)
    known = report_kinds().get(kind)
    if known is None or known.about == "house":
        raise DomainError(_("Choose one of the values in the list."), field="kind")
    if end < start:
        raise DomainError(_("It ends before it begins. Check both dates."), field="end")
    of = {"programme": programme, "service": service}.get(known.about)
    if known.about in ("programme", "service") and of is None:
        raise DomainError(_("Say what the report is of."), field=known.about)
    about = str(of.pk) if of else ""
    if Report.objects.filter(
        kind=kind, organization=organization, about=about, start=start, end=end
    ).exists():
        raise DomainError(_("This report is begun already: it stands in the list."), field="end")
    made = Report(
        kind=kind,
        organization=organization,
        programme=programme if known.about == "programme" else None,
        service=service if known.about == "service" else None,
        about=about,
        start=start,
        end=end,
    )
    _count(made, known)
    made.save(force_insert=True)
    trace(by, "begin_report", made, kind=kind)
    return made


@verb
def write_part(*, by: User, report: Report, part: str, text: str, revision: int) -> ReportDraft:
    """Write one part; `{name}` puts a figure in, which is kept in step.

    Args:
        part: its key; of an action, with its code after a colon.
        revision: that of what the account read; 0 where nothing was written yet.

    Raises:
        NotAllowed: the account does not write reports there.
        DomainError: nothing is written there, the text is too long, or it names a figure that there is not.
        StaleRow: somebody else saved it since; carries both.
    """
    held = held_by(by, report)
    composed = Composed.of(held, kind_of(held), by)
    if not composed.writes_in(part):
        raise DomainError(_("Nothing is written in this part."))
    said = text.replace("\0", "").strip()
    if len(said) > MOST:
        words = _("This text has %(length)d characters; at most %(most)d fit. Shorten it.")
        raise DomainError(words % {"length": len(said), "most": MOST}, field="text")
    strange = [name for name in names_in(said) if name not in composed.figures]
    if strange:
        words = _("There is no figure called {%(name)s}. Take its name from the list beside.")
        raise DomainError(words % {"name": strange[0]}, field="text")
    draft = composed.drafts.get(part)
    stands = draft.revision if draft else 0
    if stands != revision:
        raise StaleRow(
            _(
                "Somebody else saved this part meanwhile. Both texts stand here: keep what is right, and save again."
            ),
            theirs={"text": draft.text} if draft else None,
            yours={"text": said},
            revision=stands,
        )
    draft = draft or ReportDraft(report=held, part=part, revision=0)
    draft.text, draft.by, draft.revision = said, by, draft.revision + 1
    draft.save()
    trace(by, "write_part", held, part=part)
    return draft


@verb
def count_anew(*, by: User, report: Report) -> Report:
    """Put in the figures of the newest extract; what was issued keeps its own.

    Raises:
        NotAllowed: the account does not write reports there.
        DomainError: there is no extract.
    """
    held = held_by(by, report)
    _count(held, kind_of(held))
    if not held.extract:
        raise DomainError(_("There is no extract yet: one is made each night."))
    held.save(update_fields=["extract", "figures"])
    trace(by, "count_anew", held, extract=held.extract)
    return held


@verb
def issue_report(*, by: User, report: Report, confirmed: bool = False) -> ReportVersion:
    """Issue the report as it stands: a version that is never changed.

    Args:
        confirmed: that parts may stay empty, and figures unknown.

    Raises:
        NotAllowed: the account does not write reports there.
        DomainError: something is missing or does not add up, unless `confirmed`.
    """
    held = held_by(by, report)
    kind = kind_of(held)
    composed = Composed.of(held, kind, by)
    if not confirmed and (problems := problems_of(composed)):
        raise DomainError(" ".join(problems), field="confirmed")
    last = held.versions.order_by("-number").first()
    number, today = (last.number if last else 0) + 1, timezone.localdate()
    issued = f"Emis la {today:%d.%m.%Y}, versiunea {number}"
    made = ReportVersion.objects.create(
        report=held,
        number=number,
        content=frozen(composed.paper(issued=issued)),
        extract=held.extract,
        kind_version=kind.version,
        issued_on=today,
        by=by,
    )
    trace(by, "issue_report", held, number=number)
    return made


def problems_of(composed: Composed) -> list[str]:
    """What is to be looked at before a report leaves, in sentences."""
    found = []
    if empty := len(composed.empty):
        found.append(
            ngettext("%(n)s part is not written.", "%(n)s parts are not written.", empty) % {"n": empty}
        )
    if against := len(composed.against):
        words = ngettext(
            "%(n)s claim of the source is not carried by the figures.",
            "%(n)s claims of the source are not carried by the figures.",
            against,
        )
        found.append(words % {"n": against})
    if unknown := composed.unknown:
        words = _("Figures that say nothing today: %(names)s.")
        found.append(words % {"names": ", ".join(unknown[:6])})
    return found


def held_by(by: User, report: Report) -> Report:
    """The report, held until the change is done, for an account that writes there."""
    held = (
        Report.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organization", "programme", "service")
        .get(pk=report.pk)
    )
    by.standing.require(Capability.PLAN, held.organization_id)
    return held


def _count(report: Report, kind: ReportKind) -> None:
    extract = newest_extract()
    if extract is None:
        return
    spans = {"": (report.start, report.end), **dict(quarters_until(report.end))}
    told = counted(kind, extract, spans, asked_of(report))
    report.extract = extract.name
    report.figures = {
        name: {span: None if value is None else f"{value:f}" for span, value in values.items()}
        for name, values in told.items()
    }


def trace(by: User, verb: str, report: Report, **changes: Any) -> None:
    """Write a verb in the trail."""
    record(by=by, verb=verb, keeper=report.organization_id, subject=report.pk, changes=changes)
