"""What came back signed of a paper is kept beside its number."""

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.permission import case_for, not_in_future
from punte.cases.trail import trace
from punte.documents.filing import LONGEST_TITLE, SIGNED, Upload, taken
from punte.documents.models import IssuedDocument, SignedCopy
from punte.documents.queries import readable
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.file_store import store
from punte.people.compartments import compartments_of


@verb
def add_signed_copy(
    *, by: User, document: IssuedDocument, upload: Upload, signed_on: dt.date, signed_by: str
) -> SignedCopy:
    """Keep a scan of a signed paper, or the file with its electronic signature; an earlier one stays beside it.

    Args:
        upload: one file; a PDF is kept to the byte, so that a signature in it holds.
        signed_by: who signed, in words.

    Raises:
        NotAllowed: the account does not work on the case, or does not read the paper.
        DomainError: the file may not be kept, nobody is said to have signed, or the day is before the paper's.
    """
    case = case_for(by, document.case, Capability.INTERVENE)
    locked = IssuedDocument.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    if not readable(locked, compartments_of(by, case.household)):
        raise NotAllowed(_("This paper tells of what your role does not read."))
    signed_by = signed_by.strip()
    if not signed_by or len(signed_by) > LONGEST_TITLE:
        raise DomainError(_("Write who signed, in a few words."), field="signed_by")
    not_in_future(signed_on, field="signed_on")
    if signed_on < locked.issued_on:
        raise DomainError(_("The paper was issued after this day."), field="signed_on")
    (page,) = taken([upload], field="attached", allowed=SIGNED)
    number = (locked.signed_copies.aggregate(last=Max("number"))["last"] or 0) + 1
    made = SignedCopy(
        document=locked,
        number=number,
        by=by,
        signed_on=signed_on,
        signed_by=signed_by,
        content_type=page.kind.content_type,
        size=len(page.content),
    )
    made.path = store(page.content, under=f"cases/{timezone.localdate().year}/{made.pk}")
    made.save()
    trace(
        by=by,
        verb="add_signed_copy",
        case=case,
        subject=locked.pk,
        changes={"number": number, "size": made.size},
    )
    return made
