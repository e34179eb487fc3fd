"""Filled forms (XForm instances): read into rows, and made in advance from what is known of a household."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from stdnum.ro import cnp as cnp_number

from punte.kernel.days import YEARS
from punte.kernel.text import without_unseen
from punte.methodology.errors import InstanceError, gettext_noop
from punte.methodology.model import Fact, FactType, Pack, Question, Table

Value = str | int | Decimal | bool | date | None

MAXIMUM_BYTES = 5_000_000
EARLIEST_BIRTH = date(1900, 1, 1)
IDENTITY = ("member_id", "family_name", "given_name", "cnp", "birth_date", "sex", "kinship")

_XFORMS = "{http://www.w3.org/2002/xforms}"
_TEMPLATE = "{http://openrosa.org/javarosa}template"
_INTEGER = re.compile(r"[+-]?\d{1,9}(\.0+)?")
_DECIMAL = re.compile(r"[+-]?\d{1,12}(\.\d{1,9})?")
_TRUE = {"1", "true"}
"""JavaRosa writes 1 and 0, the web engine true and false."""
_CENTURIES = {"1": 19, "2": 19, "3": 18, "4": 18, "5": 20, "6": 20}


@dataclass(frozen=True)
class InstanceHeader:
    """Which form, of which version, a filled instance is of."""

    instance_id: str
    form_id: str
    version: str


@dataclass(frozen=True)
class Submission:
    """A filled form as rows.

    ``household`` and ``members`` have the facts of the rules, by name; a household not known before takes the
    instance's identifier as its own. ``identities`` say who each member is: name, CNP, birth date, sex, kinship.
    """

    instance_id: str
    form_id: str
    version: str
    household: dict[str, Value]
    members: list[dict[str, Value]]
    identities: list[dict[str, Value]]


@dataclass(frozen=True)
class HouseholdEntity:
    """The household that a form from ODK Collect creates or updates: the entity in its `meta` (ODK Entities 2024.1).

    `base_version` is the version that the device had of it; `siruta`, `name` and `address` are of a new one.
    """

    key: UUID
    create: bool
    base_version: int | None
    name: str
    siruta: int | None
    address: str


def instance_header(xml: bytes) -> InstanceHeader:
    """Say which pack an instance belongs to, before reading it.

    Raises:
        InstanceError: not XML, cut in half, too large, with a doctype, or without its identifiers.
    """
    return _header(root_of(xml))


def rows_from_instance(pack: Pack, xml: bytes) -> Submission:
    """The rows of a filled form.

    Raises:
        InstanceError: as `instance_header`; another form or version; an answer that its question does not allow;
            a member without a name or twice; a CNP with a wrong digit or of another birth date or sex.
    """
    root = root_of(xml)
    header = _header(root)
    _check_form(pack, header)
    household = _answers(root, pack, "household")
    if household["visit_date"] is None:
        raise InstanceError(gettext_noop("The date of the visit is missing."), field="visit_date")
    household["household_id"] = household["household_id"] or header.instance_id
    members, identities = [], []
    for position, node in enumerate(member_nodes(root, pack.repeat)):
        try:
            member = _answers(node, pack, "member")
            identities.append(_identity(node, member, household["visit_date"], pack.questions))
        except InstanceError as refused:
            refused.member = position
            raise
        members.append({**member, "household_id": household["household_id"]})
    _check_once([str(member["member_id"]) for member in members])
    return Submission(header.instance_id, header.form_id, header.version, household, members, identities)


def household_entity(xml: bytes) -> HouseholdEntity | None:
    """The entity of an instance; None where the form has none.

    Raises:
        InstanceError: damaged, or an identifier or version that is none.
    """
    root = root_of(xml)
    found = [entity for meta in named(root, "meta") for entity in named(meta, "entity")]
    if not found:
        return None
    given = found[0].attrib
    try:
        key = UUID(given.get("id", "").removeprefix("uuid:"))
        base = int(given["baseVersion"]) if given.get("baseVersion") else None
    except ValueError as error:
        raise InstanceError(gettext_noop("The form does not say which household it is about.")) from error
    siruta = text_at(root, "visited/household_uat")
    return HouseholdEntity(
        key=key,
        create=given.get("create", "").lower() in _TRUE,
        base_version=base,
        name=text_at(root, "visited/household_name"),
        siruta=int(siruta) if siruta.isdecimal() else None,
        address=text_at(root, "visited/household_address"),
    )


def root_of(xml: bytes) -> ET.Element:
    """The root of an instance.

    Raises:
        InstanceError: as `instance_header`.
    """
    if len(xml) > MAXIMUM_BYTES:
        raise InstanceError(gettext_noop("The form is too large to be a filled questionnaire."))
    try:
        root = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InstanceError(
            gettext_noop("The form contains a document type or entities, which is refused.")
        ) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        message = gettext_noop("The form is damaged or was cut off on the way. Send it again.")
        raise InstanceError(message) from error
    assert isinstance(root, ET.Element)
    return root


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def named(node: ET.Element, name: str) -> Iterator[ET.Element]:
    """The children of a node with a name, whatever their namespace."""
    return (child for child in node if _local(child.tag) == name)


def _header(root: ET.Element) -> InstanceHeader:
    identifiers = [
        (leaf.text or "").strip() for meta in named(root, "meta") for leaf in named(meta, "instanceID")
    ]
    if not identifiers or not identifiers[0]:
        raise InstanceError(gettext_noop("The form has no identifier, so it cannot be told from others."))
    return InstanceHeader(identifiers[0], root.get("id", ""), root.get("version", ""))


def _check_form(pack: Pack, header: InstanceHeader) -> None:
    if header.form_id != pack.name:
        raise InstanceError(
            gettext_noop("This is another form: %(found)s instead of %(wanted)s."),
            found=header.form_id or "-",
            wanted=pack.name,
        )
    if header.version != pack.version:
        raise InstanceError(
            gettext_noop("The form is of an unknown version: %(found)s instead of %(wanted)s."),
            found=header.version or "-",
            wanted=pack.version,
        )


def member_nodes(root: ET.Element, repeat: str) -> list[ET.Element]:
    """The node of each member, in order; where members are not repeated, the root is that of the one person."""
    if not repeat:
        return [root]
    return [node for node in named(root, repeat) if _TEMPLATE not in node.attrib]


def text_at(node: ET.Element, path: str) -> str:
    """The text of the first node at a path below a node; a node that is not there says nothing."""
    found: ET.Element | None = node
    for name in path.split("/"):
        found = next(named(found, name), None) if found is not None else None
    return (found.text or "").strip() if found is not None else ""


def _answers(node: ET.Element, pack: Pack, table: Table) -> dict[str, Value]:
    places = ((fact, pack.questions[fact.name].place) for fact in pack.facts_of(table))
    return {fact.name: _value(fact, text_at(node, place)) for fact, place in places}


def _value(fact: Fact, text: str) -> Value:
    if not text:
        return None
    value = _VALUES[fact.type](fact, text)
    if fact.minimum is not None and isinstance(value, (int, Decimal)) and value < fact.minimum:
        raise _refused(fact.name, text)
    return value


def _refused(field: str, text: str) -> InstanceError:
    message = gettext_noop("The answer “%(answer)s” is not possible for the question %(question)s.")
    return InstanceError(message, field=field, question=field, answer=text[:40])


def _choice(fact: Fact, text: str) -> Value:
    if text not in fact.choices:
        raise _refused(fact.name, text)
    return text


def _integer(fact: Fact, text: str) -> Value:
    if not _INTEGER.fullmatch(text):
        raise _refused(fact.name, text)
    return int(text.split(".")[0])


def _decimal(fact: Fact, text: str) -> Value:
    if not _DECIMAL.fullmatch(text):
        raise _refused(fact.name, text)
    return Decimal(text)


def _date(fact: Fact, text: str) -> Value:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _refused(fact.name, text) from error
    if day.year not in YEARS:
        raise _refused(fact.name, text)
    return day


_VALUES: dict[FactType, Callable[[Fact, str], Value]] = {
    "text": lambda fact, text: text,
    "choice": _choice,
    "yesno": lambda fact, text: _choice(fact, text) == "yes",
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
}


def _identity(
    node: ET.Element, member: Mapping[str, Value], visit_date: Value, questions: Mapping[str, Question]
) -> dict[str, Value]:
    identity: dict[str, Value] = {}
    for name in IDENTITY:
        text = text_at(node, questions[name].place) if name in questions else ""
        identity[name] = member.get(name, text or None)
    identity["cnp"] = "".join(without_unseen(str(identity["cnp"] or "")).split()) or None
    if not identity["member_id"]:
        raise InstanceError(gettext_noop("A member of the household has no identifier."), field="member_id")
    kinship = questions.get("kinship")
    if kinship is not None and identity["kinship"] not in (None, *kinship.choices):
        raise _refused("kinship", str(identity["kinship"]))
    _check_birth(identity["birth_date"], visit_date)
    _check_cnp(identity)
    return identity


def _check_birth(birth: Value, visit: Value) -> None:
    if isinstance(birth, date) and isinstance(visit, date) and not EARLIEST_BIRTH <= birth <= visit:
        raise InstanceError(
            gettext_noop("The date of birth cannot be after the visit or before 1900."), field="birth_date"
        )


def _check_cnp(identity: Mapping[str, Value]) -> None:
    cnp, birth, sex = str(identity["cnp"] or ""), identity["birth_date"], identity["sex"]
    if not cnp:
        return
    whole = len(cnp) == 13 and cnp.isascii() and cnp.isdigit() and cnp[0] != "0"
    if not whole or cnp_number.calc_check_digit(cnp[:-1]) != cnp[-1]:
        raise InstanceError(
            gettext_noop("A CNP is not written correctly. Compare it with the document."), field="cnp"
        )
    if isinstance(birth, date) and not _is_born_on(cnp, birth):
        raise InstanceError(
            gettext_noop("A date of birth is not the one in the CNP. Compare it with the document."),
            field="birth_date",
        )
    if sex and cnp[0] != "9" and (sex == "m") != (cnp[0] in "1357"):
        raise InstanceError(
            gettext_noop("A sex is not the one in the CNP. Compare it with the document."), field="sex"
        )


def _is_born_on(cnp: str, birth: date) -> bool:
    century = _CENTURIES.get(cnp[0], birth.year // 100)
    return f"{birth:%y%m%d}" == cnp[1:7] and birth.year // 100 == century


def _check_once(member_ids: Sequence[str]) -> None:
    if len(set(member_ids)) < len(member_ids):
        raise InstanceError(gettext_noop("A member of the household appears twice."), field="member_id")


def fill_form(
    pack: Pack,
    form: str,
    household: Mapping[str, object],
    members: Sequence[Mapping[str, object]],
    instance_id: str,
) -> str:
    """An instance of an XForm with these answers; see `forms.instance_for`."""
    root = deepcopy(_blank(form))
    questions = pack.questions
    _fill(root, household, [question for question in questions.values() if question.table == "household"])
    asked = [question for question in questions.values() if question.table == "member"]
    if pack.repeat:
        _repeat(root, pack.repeat, members or [{}], asked)
    else:
        _fill(root, next(iter(members), {}), asked)
    next(named(next(named(root, "meta")), "instanceID")).text = instance_id
    return ET.tostring(root, encoding="unicode")


@lru_cache(maxsize=8)
def _blank(form: str) -> ET.Element:
    """The form's own empty instance, without the namespace that the form around it gives it; never to be changed."""
    instance = next(fromstring(form.encode()).iter(f"{_XFORMS}instance"))
    root = deepcopy(instance[0])
    for node in root.iter():
        node.tag = node.tag.removeprefix(_XFORMS)
    assert isinstance(root, ET.Element)
    return root


def _repeat(
    root: ET.Element, repeat: str, members: Sequence[Mapping[str, object]], asked: Sequence[Question]
) -> None:
    """Put a node for each member in the place of the form's own."""
    pattern, *others = named(root, repeat)
    for other in others:
        root.remove(other)
    position = list(root).index(pattern)
    for offset, member in enumerate(members):
        node = deepcopy(pattern)
        node.attrib.pop(_TEMPLATE, None)
        _fill(node, member, asked)
        root.insert(position + offset, node)
    root.remove(pattern)


def _fill(node: ET.Element, values: Mapping[str, object], questions: Sequence[Question]) -> None:
    for question in questions:
        value = values.get(question.name)
        if value is not None and value != "":
            _leaf(node, question.place).text = _written(value)


def _leaf(node: ET.Element, path: str) -> ET.Element:
    for name in path.split("/"):
        node = next(named(node, name))
    return node


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
