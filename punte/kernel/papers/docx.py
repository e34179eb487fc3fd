"""What every editable document has in common."""

import datetime as dt
import io
import zipfile


def dated(package: bytes, moment: dt.datetime) -> bytes:
    """The same package with every part dated alike, so that one content gives one file."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in source.infolist():
            stamped = zipfile.ZipInfo(part.filename, moment.timetuple()[:6])
            stamped.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(stamped, source.read(part.filename))
    return target.getvalue()
