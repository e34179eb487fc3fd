"""Whether the files of registers and facets hold together; registers also follow on what was written by them before."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from punte.accounts.enums import Compartment
from punte.cases.facets import Facet, Known, facet_files, read_facet
from punte.methodology.definition_files import read_each
from punte.methodology.errors import PackError
from punte.methodology.packs import available_packs
from punte.registers.catalogue import definition_files, definitions
from punte.registers.definition import Definition
from punte.registers.following import refuse_what_does_not_follow
from punte.registers.models import RegisterVersion
from punte.registers.reading import read_definition


def checked() -> Iterator[Definition | str]:
    """Of each file the register that it defines, or what is wrong with it, with file and line."""
    wrong, has_table = False, _has_table()
    for path, own in definition_files():
        try:
            found = read_definition(path, compartments=Compartment.values, own=own)
            if has_table:
                refuse_what_does_not_follow(found, str(path))
        except PackError as error:
            wrong = True
            yield _placed(error)
            continue
        yield found
    if not wrong:
        try:
            definitions()
        except PackError as error:
            yield _placed(error)


def checked_facets() -> Iterator[Facet | str]:
    """Of each file of a facet what it defines, or what is wrong with it, with file and line."""
    known = Known({pack.name for pack in available_packs()}, {path.stem for path, _own in definition_files()})
    wrong = False
    for path, _own in facet_files():
        try:
            yield read_facet(path, known=known)
        except PackError as error:
            wrong = True
            yield _placed(error)
    if not wrong:
        try:
            read_each(facet_files(), lambda path, _own: path)
        except PackError as error:
            yield _placed(error)


def faults() -> list[str]:
    """All that is wrong, with file and line."""
    return [found for found in (*checked(), *checked_facets()) if isinstance(found, str)]


def _has_table() -> bool:
    return RegisterVersion._meta.db_table in connection.introspection.table_names()


def _placed(error: PackError) -> str:
    said = _(error.message) % error.params if error.params else _(error.message)
    return f"{error.file}:{error.line}: {said}"
