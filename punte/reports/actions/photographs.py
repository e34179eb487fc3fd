"""Photographs are put in a part of a report, and taken out again."""

from collections.abc import Collection
from uuid import uuid4

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.kernel import files
from punte.kernel.errors import DomainError
from punte.kernel.file_store import drop_stored, store
from punte.kernel.taken_in import take_in
from punte.people.models import Consent
from punte.reports.actions.writing import held_by, kind_of, trace
from punte.reports.composing import Composed
from punte.reports.models import Photograph, Report
from punte.reports.photographs import LONGEST_CAPTION, most_in_part, offered, placed_in, reduced

ALLOWED = (files.JPEG, files.PNG)
MOST_BYTES = 20 * files.MEGABYTE


@verb
def add_photograph(
    *,
    by: User,
    report: Report,
    part: str,
    name: str,
    content: bytes,
    caption: str,
    consents: Collection[Consent] = (),
    nobody: bool = False,
) -> Photograph:
    """Put a photograph in a part of a report.

    Args:
        name: of the file, as its sender called it.
        caption: what it shows; read to who does not see it.
        consents: of everybody who can be told in it.
        nobody: that nobody can be.

    Raises:
        NotAllowed: the account does not write reports there.
        DomainError: nothing is written there, the file cannot be taken, or no consent covers it.
    """
    held = held_by(by, report)
    if not Composed.of(held, kind_of(held), by).writes_in(part):
        raise DomainError(_("Nothing is written in this part."))
    said = caption.replace("\0", "").strip()
    if not said or len(said) > LONGEST_CAPTION:
        raise DomainError(_("Say in one sentence what it shows."), field="caption")
    rested = _covered(by, held, consents, nobody=nobody)
    standing = [one for one in placed_in(held, by) if one.stands and one.photograph.part == part]
    if len(standing) >= most_in_part():
        raise DomainError(_("This part has enough photographs: take one out first."), field="attached")
    fit = take_in(content, name=name, allowed=ALLOWED, most_bytes=MOST_BYTES, field="attached")
    picture, width, height = reduced(fit.content)
    made = Photograph.objects.create(
        report=held, part=part, caption=said, people=len(rested), width=width, height=height, by=by,
        path=store(picture, under=f"reports/{uuid4().hex}"),
    )  # fmt: skip
    made.consents.set(rested)
    trace(by, "add_photograph", held, part=part, people=len(rested))
    return made


def _covered(by: User, report: Report, consents: Collection[Consent], *, nobody: bool) -> list[Consent]:
    """The consents that it rests on; none where nobody can be told in it."""
    if nobody == bool(consents):
        words = (
            _("Either nobody can be told in it, or the people you chose can. Say one of the two.")
            if nobody
            else _(
                "A photograph of people needs the consent of each of them. Choose it, or say that nobody can be told."
            )
        )
        raise DomainError(words, field="consents")
    wanted = {one.pk for one in consents}
    fit = list(offered(by, report.organization_id).filter(pk__in=wanted))
    if len(fit) != len(wanted):
        raise DomainError(_("One of these consents does not stand today."), field="consents")
    return fit


@verb
def remove_photograph(*, by: User, photograph: Photograph) -> None:
    """Take a photograph out of a report and of all its versions: its place in them says that it was taken out.

    Raises:
        NotAllowed: the account does not write reports there.
    """
    held = held_by(by, photograph.report)
    drop_stored([photograph.path] if photograph.path else [])
    photograph.delete()
    trace(by, "remove_photograph", held, part=photograph.part)
