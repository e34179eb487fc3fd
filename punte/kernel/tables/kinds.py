"""What a file is, by what it begins with and not by what it is called."""

from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.kernel.tables.shape import LIMITS, damaged

CSV, XLSX = "csv", "xlsx"
_ZIP = b"PK\x03\x04"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", gettext_lazy("a workbook of old Excel (.xls), or one with a password")),
    (b"%PDF", gettext_lazy("a PDF document")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
    (b"GIF8", gettext_lazy("a picture")),
    (b"{\\rtf", gettext_lazy("a text document")),
    (b"\x1f\x8b", gettext_lazy("a packed file")),
    (b"Rar!", gettext_lazy("a packed file")),
    (b"7z\xbc\xaf", gettext_lazy("a packed file")),
    (b"MZ", gettext_lazy("a program")),
    (b"\x7fELF", gettext_lazy("a program")),
)
_PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table")


def kind_of(content: bytes, filename: str) -> str:
    """`csv` or `xlsx`.

    Raises:
        DamagedTable: the file is empty, too large, something else, or not what its name says.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise damaged(_("The file is empty."))
    if len(content) > LIMITS.size:
        raise damaged(
            _("The file is too large: at most %(most)s MB.") % {"most": LIMITS.size // (1024 * 1024)}
        )
    ending = PurePath(filename).suffix.lower().removeprefix(".")
    if ending not in (CSV, XLSX):
        raise damaged(
            _("Send a table saved as .xlsx or .csv. You sent “%(name)s”.") % {"name": filename[-80:]}
        )
    found = XLSX if content.startswith(_ZIP) else CSV
    other = _other(content)
    if other:
        raise damaged(
            _("The file is %(what)s, not a table. Save the table as .xlsx or .csv.") % {"what": other}
        )
    if found != ending:
        raise damaged(
            _("The file is called .%(called)s but is something else. Save the table again as .xlsx or .csv.")
            % {"called": ending}
        )
    return found


def _other(content: bytes) -> str:
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        return _("a web page")
    return next((str(what) for mark, what in _OTHERS if content.startswith(mark)), "")
