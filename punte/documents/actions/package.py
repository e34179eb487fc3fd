"""The papers of a case are put together for another institution."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.trail import trace
from punte.documents.packages import packages, packed, rows_of
from punte.documents.writing import case_for_paper
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.purposes import agreements


@verb
def put_package_together(
    *, by: User, case: Case, package: str, to: Organization, chosen: Collection[str], ground: str, reason: str
) -> bytes:
    """Put chosen papers of a case in one archive with their list; what is missing stands on the list.

    Args:
        package: a key of `content/packages.yaml`.
        chosen: the identifiers of papers and documents that the account reads.
        ground: the law of `content/consents.yaml` by which they go.
        reason: what it is for; it stays in the trail.

    Raises:
        NotAllowed: the account does not issue papers here, or does not see the case.
        DomainError: nothing or something unknown is chosen, or no ground or reason is given.
    """
    case = case_for_paper(by, case)
    found = packages().get(package)
    if found is None:
        raise DomainError(_("There is no such package."))
    if ground not in agreements().grounds:
        raise DomainError(_("Choose by which law the papers go."), field="ground")
    if not reason.strip():
        raise DomainError(_("Say why; the reason stays on record."), field="reason")
    rows, others = rows_of(by, case, found)
    offered = {piece.key: piece for row in rows for piece in row.pieces} | {
        piece.key: piece for piece in others
    }
    pieces = [piece for key, piece in offered.items() if key in chosen]
    if not pieces or len(pieces) != len(set(chosen)):
        raise DomainError(_("Choose papers of this case."), field="chosen")
    keys = {piece.key for piece in pieces}
    missing = [row.wanted.ro for row in rows if not any(piece.key in keys for piece in row.pieces)]
    made = packed(by=by, case=case, package=found, to=to, chosen=pieces, missing=missing)
    trace(
        by=by,
        verb="put_package_together",
        case=case,
        reason=reason.strip(),
        changes={
            "package": package,
            "organization": str(to.pk),
            "ground": ground,
            "papers": sorted(keys),
            "missing": len(missing),
        },
    )
    return made
