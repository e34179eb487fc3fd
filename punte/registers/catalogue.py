"""The registers in use: those of `content/` and of the operator's own folder, and each version that was used."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.enums import Compartment
from punte.kernel.errors import DomainError
from punte.kernel.own_content import Stamped, content_files, stamped_files
from punte.kernel.prepared import Prepared
from punte.methodology.definition_files import read_each
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.source_files import Section, section_of
from punte.registers.definition import Definition
from punte.registers.models import RegisterVersion
from punte.registers.papers import paper_files, refuse_what_cannot_be_printed
from punte.registers.reading import definition_of, read_definition
from punte.registers.second_person_reading import refuse_readers_not_there
from punte.registers.series import refuse_what_cannot_be_written

logger = logging.getLogger(__name__)
_LONGEST_VERSION = 31


def definition_files() -> list[tuple[Path, bool]]:
    """The files of all registers, in the order of their names, each with whether it is the operator's own."""
    return content_files("registers")


def definitions() -> Mapping[str, Definition]:
    """Every register by its key, read anew when a file changes.

    Raises:
        PackError: a file does not hold together, or a key lies in both folders.
    """
    global _latest
    files = stamped_files("registers")
    if _latest is None or _latest[0] is not files:
        _latest = files, _read(files)
    return _latest[1]


# Asked for with each entry; the same files are the same object within a request.
_latest: tuple[Stamped, Mapping[str, Definition]] | None = None


def definitions_that_hold() -> Mapping[str, Definition]:
    """The registers; none while a file of theirs is broken, for which no work on a case stops, and no device."""
    try:
        return definitions()
    except PackError:
        logger.exception("a file of the registers is broken: none of them is used")
        return {}


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, bool, int], ...]) -> Mapping[str, Definition]:
    changed_at = {path: moment for path, _own, moment in files}
    found = read_each(
        ((path, own) for path, own, _moment in files), lambda path, own: _one(path, own, changed_at[path])
    )
    for path in changed_at:
        refuse_what_is_not_there(found[path.stem], found, str(path))
    return found


@lru_cache(maxsize=512)
def _one(path: Path, own: bool, _changed_at: int) -> Definition:
    return read_definition(path, compartments=Compartment.values, own=own)


def refuse_what_is_not_there(one: Definition, known: Mapping[str, Definition], file: str) -> None:
    """Refuse a register that names another which is not there, or is about or read by others; or a paper.

    Raises:
        PackError: it names one.
    """

    def said() -> Section:
        """The text again, with the lines of its words."""
        return section_of(one.text, file)

    for name, field in one.fields.items():
        named = known.get(field.of)
        if field.of and named is None:
            at = said().section("fields").section(name)
            raise at.error(gettext_noop("unknown %(key)s: %(value)s"), "of", key="of", value=field.of)
        if named and (named.about, named.compartment) != (one.about, one.compartment):
            at = said().section("fields").section(name)
            wrong = gettext_noop("%(name)s is about others, or read by others, than this register")
            raise at.error(wrong, "of", name=field.of)
    for name, move in one.moves.items():
        if move.writes:
            refuse_what_cannot_be_written(one, move.writes, known, said().section("moves").section(name))
        if move.readers:
            refuse_readers_not_there(one, move.readers, known, said().section("moves").section(name))
    for word in one.beside:
        key, _dot, total = word.partition(".")
        if key not in known or total not in known[key].totals or known[key].about != one.about:
            raise said().error(gettext_noop("unknown %(key)s: %(value)s"), "beside", key="beside", value=word)
    for key in one.papers:
        if key not in paper_files():
            raise said().error(gettext_noop("unknown %(key)s: %(value)s"), "papers", key="papers", value=key)
        refuse_what_cannot_be_printed(one, known, key)


def register_named(key: str) -> Definition:
    """A register in use.

    Raises:
        DomainError: there is none of this key.
    """
    found = definitions().get(key)
    if found is None:
        raise DomainError(_("There is no such register here."))
    return found


def version_in_use(definition: Definition) -> RegisterVersion:
    """The row of a register's version in use; its text is kept the first time it is met.

    A file that changed without a new version is the operator's matter, whom the check tells: nobody at the desk can
    mend it. What is written meanwhile is kept with the text by which it was written, under a name that tells it apart.
    """
    known: list[RegisterVersion] = _known_version(key=definition.key, digest=definition.digest)
    if known:
        return known[0]
    named = definition.version
    if RegisterVersion.objects.filter(key=definition.key, version=named).exists():
        named = f"{named[:_LONGEST_VERSION]}+{definition.digest[:8]}"
    made, _new = RegisterVersion.objects.get_or_create(
        key=definition.key,
        version=named,
        defaults={"digest": definition.digest, "definition": definition.text, "own": definition.own},
    )
    return made


_known_version = Prepared(
    lambda key, digest: RegisterVersion.objects.filter(key=key, digest=digest).order_by("pk")[:1]
)


def definition_at(version: RegisterVersion) -> Definition:
    """The register as it was at a version."""
    now = definitions().get(version.key)
    if now is not None and now.digest == version.digest:
        return now
    return _kept(version.pk, version.key, version.digest, version.own)


@lru_cache(maxsize=64)
def _kept(pk: UUID, key: str, _digest: str, own: bool) -> Definition:
    text = RegisterVersion.objects.values_list("definition", flat=True).get(pk=pk)
    section = section_of(text, f"{key}.yaml")
    return definition_of(section, text=text, key=key, compartments=Compartment.values, own=own)
