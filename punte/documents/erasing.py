"""What papers and files of a case said goes with the case; which there were, with number and day, stays."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from punte.documents.models import FiledDocument, FiledDocumentBefore, FiledPage, IssuedDocument, SignedCopy
from punte.kernel.file_store import drop_stored


def follow_erasing(*, cases: Collection[UUID], **_named: Any) -> None:
    """Empty the papers, and take the files out of the store."""
    IssuedDocument.objects.filter(case__in=cases).update(content="")
    filed = FiledDocument.objects.filter(case__in=cases)
    FiledDocumentBefore.objects.filter(document__in=filed).delete()
    filed.update(title="", withdrawn_why="")
    for rows in (
        FiledPage.objects.filter(document__case__in=cases),
        SignedCopy.objects.filter(document__case__in=cases),
    ):
        drop_stored(rows.values_list("path", flat=True))
        rows.delete()
