"""Versions that were put in force here, laid down where packs are looked for. The database is what is true."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from punte.assessments.enums import UploadState
from punte.assessments.models import PackUpload
from punte.methodology import packs


def folder() -> Path:
    """Where they lie: NAME/DAY with the files of the version that is in force from that day on."""
    return Path(settings.VAR) / "packs_in_force"


def look_there() -> None:
    """Let packs be looked for there and in the operator's own content."""
    packs.IN_FORCE[:] = [folder()]
    packs.OWN[:] = [settings.OWN_CONTENT / "packs"] if settings.OWN_CONTENT else []


def lay_down_again(**_signal: Any) -> None:
    """As `lay_down`, of a database that was brought in from elsewhere and may be of an older shape."""
    if PackUpload._meta.db_table in connection.introspection.table_names():
        lay_down()


def lay_down() -> None:
    """Make the folder say what the database says, once the transaction holds."""
    transaction.on_commit(_lay_down)


def _lay_down() -> None:
    wanted = {
        (one.name, one.starts_on.isoformat()): one
        for one in PackUpload.objects.filter(state=UploadState.AGREED).order_by("pk")
        if one.starts_on
    }
    for day in folder().glob("*/????-??-??"):
        if (day.parent.name, day.name) not in wanted:
            shutil.rmtree(day, ignore_errors=True)
    for (name, day_name), one in wanted.items():
        _write(folder() / name / day_name, one.files)


def _write(target: Path, files: dict[str, str]) -> None:
    """Write the files beside their place first: nobody reads half a version."""
    if target.is_dir() and all(
        (target / name).is_file() and (target / name).read_text("utf-8") == text
        for name, text in files.items()
    ):
        return
    beside = target.with_name(f".{target.name}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, text in files.items():
        (beside / name).write_text(text, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)
