"""A register taken in, household by household, in portions that are each whole or not at all."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.people.actions.documents import add_document
from punte.people.actions.households import create_household
from punte.people.actions.membership import join_household
from punte.people.actions.people import create_person
from punte.people.actions.registers import save_register
from punte.people.enums import Relation
from punte.people.models import Household, Membership, Person, RegisterImport, TakenRow
from punte.people.names import shown_name
from punte.people.registers.known import sealed_from
from punte.people.registers.plan import ASKED, JOINED, NEW, ROW, Planned, counts_of, digest_of
from punte.people.registers.register import Register
from punte.people.registers.rows import RegisterRow
from punte.people.search.index import indexed_together
from punte.people.sight import hidden_from
from punte.territory.models import Uat

PORTION = 100
Line = tuple[RegisterRow, Planned]


def take_in_register(*, by: User, kept: RegisterImport) -> dict[str, int]:
    """Take in every line of a register that is new or of somebody who is there; the counts of `counts_of`.

    Each portion is a verb of its own: what it took in stays if a later one is interrupted, and is not taken in again
    when it is gone on with. What becomes of a line is found out anew, so that nobody recorded meanwhile is there twice.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: nobody has said yet what the columns mean.
    """
    by.standing.require(Capability.EDIT_PEOPLE, kept.keeper_id)
    register = Register.of(kept)
    if not register.named:
        raise DomainError(_("First say what the columns mean."))
    register.refused = {}
    rows = register.rows(kept.keeper)
    lines = register.plan(kept=kept, rows=rows)
    groups: dict[str, list[Line]] = defaultdict(list)
    for row, planned in lines:
        groups[row.group].append((row, planned))
    for repeats in (False, True):
        for portion in _portions(groups, repeats=repeats):
            register.refused |= take_in_portion(by=by, kept=kept, groups=portion)
    with transaction.atomic():
        register.plan(kept=kept, rows=rows)
        save_register(kept, register)
    return counts_of(register.planned)


@verb
def take_in_portion(*, by: User, kept: RegisterImport, groups: Sequence[Sequence[Line]]) -> dict[str, str]:
    """Take in the lines of some households, all of them or, if it is interrupted, none.

    Args:
        groups: of each household every line with what becomes of it; those that wait are taken in.

    Returns:
        By the key of each line that was refused why; the others are in.

    Raises:
        NotAllowed: the account does not record people there.
    """
    by.standing.require(Capability.EDIT_PEOPLE, kept.keeper_id)
    RegisterImport.objects.select_for_update(of=("self",), no_key=True).get(pk=kept.pk)
    taking = _Taking(by, kept, groups)
    with indexed_together():
        for group in groups:
            taking.take(group)
    record(
        by=by,
        verb="take_in_register",
        keeper=kept.keeper_id,
        subject=kept.pk,
        changes={"new": taking.count[NEW], "joined": taking.count[JOINED]},
    )
    return taking.refused


def _portions(groups: dict[str, list[Line]], *, repeats: bool) -> Iterator[list[list[Line]]]:
    """Households with lines to take in, some at a time; the repeats of other lines after those."""
    portion: list[list[Line]] = []
    for group in groups.values():
        chosen = [
            (row, one)
            for row, one in group
            if one.taken or one.state != ASKED and one.who.startswith(ROW) == repeats
        ]
        if any(not one.taken for _row, one in chosen):
            portion.append(chosen)
        if sum(map(len, portion)) >= PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


class _Taking:
    """One portion on its way in; what several of its lines ask is looked up once."""

    def __init__(self, by: User, kept: RegisterImport, groups: Sequence[Sequence[Line]]) -> None:
        self._by, self._kept = by, kept
        self._today = timezone.localdate()
        self._in: dict[str, UUID] = dict(kept.taken.values_list("row", "person"))
        self.count: Counter[str] = Counter()
        self.refused: dict[str, str] = {}
        lines = [line for group in groups for line in group]
        whose = {UUID(one.who) for _row, one in lines if one.who and not one.who.startswith(ROW)}
        named = {key for row, one in lines for key in (row.key, one.who.removeprefix(ROW))}
        whose |= {person for key, person in self._in.items() if key in named}
        self._hidden = hidden_from(by)
        self._people = {one.pk: self._hidden.person(one) for one in Person.objects.filter(pk__in=whose)}
        self._uats = Uat.objects.in_bulk({row.values["uat"] for row, _one in lines})
        self._sealed = sealed_from(by, kept.keeper)
        self._homes = self._of_people()
        self._of_name = self._named(lines)
        there = {home.pk for home in (*self._homes.values(), *self._of_name.values())}
        heads = Membership.objects.current().filter(relation=Relation.REFERENCE, household__in=there)
        self._headed = set(heads.order_by().values_list("household", flat=True))

    def take(self, group: Sequence[Line]) -> None:
        """Take in the lines of one household."""
        waiting = [(row, one) for row, one in group if row.key not in self._in]
        home = self._home(group)
        for row, one in waiting:
            try:
                with transaction.atomic():
                    if one.state == NEW:
                        home = home or self._made(group)
                        self._new(row, home, first=row is group[0][0])
                    else:
                        home = self._joined(row, one, home, group)
            except DomainError as wrong:
                self.refused[row.key] = str(wrong.message)

    def _new(self, row: RegisterRow, home: Household, *, first: bool) -> None:
        values = row.values
        person = create_person(
            by=self._by,
            keeper=self._kept.keeper,
            family_name=values["family_name"],
            given_name=values["given_name"],
            cnp=values["cnp"],
            birth_date=values["birth_date"],
            sex=values["sex"],
            phone=values["phone"],
            died_on=values["died_on"],
        )
        said = self._join(person, home, row, first=first)
        if values["paper"]:
            add_document(by=self._by, person=person, **values["paper"])
        self._note(row, person, is_new=True, said=said)

    def _joined(
        self, row: RegisterRow, one: Planned, home: Household | None, group: Sequence[Line]
    ) -> Household | None:
        """Somebody who is there: nothing of their record is changed, and nobody is moved from where they live."""
        pk = self._in[one.who.removeprefix(ROW)] if one.who.startswith(ROW) else UUID(one.who)
        person = self._people.get(pk) or self._hidden.person(Person.objects.get(pk=pk))
        said = _says_besides(row, person)
        if pk not in self._homes and str(pk) not in self._sealed and not person.died_on:
            home = home or self._made(group)
            said = "\n".join(filter(None, [said, self._join(person, home, row, first=False)]))
            self._homes[pk] = home
        self._note(row, person, is_new=False, said=said)
        return home

    def _join(self, person: Person, home: Household, row: RegisterRow, *, first: bool) -> str:
        """Let somebody live in the household, the dead until their death; what the register says besides."""
        relation, said = row.values["relation"], ""
        if home.pk in self._headed and relation == Relation.REFERENCE:
            relation, said = "", _("In the register: head of the household")
        if not relation:
            alone = first and home.pk not in self._headed and not person.died_on
            relation = Relation.REFERENCE if alone else Relation.UNRELATED
        start = person.died_on or self._today
        join_household(by=self._by, person=person, household=home, start=start, relation=relation)
        if relation == Relation.REFERENCE and not person.died_on:
            self._headed.add(home.pk)
        return said

    def _note(self, row: RegisterRow, person: Person, *, is_new: bool, said: str) -> None:
        TakenRow.objects.create(
            source=self._kept,
            row=row.key,
            keeper=self._kept.keeper,
            digest=digest_of(row),
            person=person,
            is_new=is_new,
            remarks="\n".join(filter(None, [row.values["remarks"], said])),
        )
        self._in[row.key] = person.pk
        self._people[person.pk] = person
        self.count[NEW if is_new else JOINED] += 1

    def _home(self, group: Sequence[Line]) -> Household | None:
        """Where most of the household's people live already; else one of that name at that address."""
        lived = Counter[Household]()
        for row, one in group:
            pk = self._in.get(row.key) or self._in.get(one.who.removeprefix(ROW))
            pk = pk or (UUID(one.who) if one.who and not one.who.startswith(ROW) else None)
            if pk in self._homes:
                lived[self._homes[pk]] += 1
        if lived:
            return lived.most_common(1)[0][0]
        uat, name, address = _place_of(group)
        return self._of_name.get((uat, fold(name), address))

    def _made(self, group: Sequence[Line]) -> Household:
        uat, name, _folded = _place_of(group)
        said = [row.values for row, _one in group]
        return create_household(
            by=self._by,
            keeper=self._kept.keeper,
            name=name[:120],
            uat=self._uats[uat],
            locality=next((values["village"] for values in said if values["village"]), ""),
            address=next((values["address"] for values in said if values["address"]), ""),
        )

    def _of_people(self) -> dict[UUID, Household]:
        """Where the people live now, or lived last; what is sealed from the account is left out."""
        lived = (
            Membership.objects.filter(person__in=list(self._people))
            .exclude(person__in=[UUID(one) for one in self._sealed])
            .select_related("household")
            .order_by("start", "pk")
        )
        homes = {one.person_id: one.household for one in lived}
        return homes | {one.person_id: one.household for one in lived if one.holds_on(self._today)}

    def _named(self, lines: Sequence[Line]) -> dict[tuple[int, str, str], Household]:
        """Households that were there before the register, by place, name and address."""
        names = {fold(_place_of(group)[1]) for group in _groups(lines)}
        there = Household.objects.beyond_seals(self._by).filter(
            keeper=self._kept.keeper,
            folded_name__in=names,
            sealed=False,
            created_at__lt=self._kept.created_at,
        )
        return {(one.uat_id, one.folded_name, fold(one.address)): one for one in there if one.address}


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for row, one in lines:
        groups[row.group].append((row, one))
    return list(groups.values())


def _place_of(group: Sequence[Line]) -> tuple[int, str, str]:
    """UAT, name and folded address of a household: the name of its head, or of whoever stands first."""
    said = [row.values for row, _one in group]
    head = next((values for values in said if values["relation"] == Relation.REFERENCE), said[0])
    name = head["family_name"] or head["given_name"] or head["household"]
    address = next((values["address"] for values in said if values["address"]), "")
    return head["uat"], name or shown_name("", ""), fold(address)


def _says_besides(row: RegisterRow, person: Person) -> str:
    """What the register says and the record, as far as the account sees it, does not."""
    said = []
    for field, label in (("birth_date", _("born on")), ("died_on", _("died on"))):
        day = row.values[field]
        if day and day != getattr(person, field):
            said.append(f"{label} {day:%d.%m.%Y}")
    for field, label in (("cnp", _("CNP")), ("phone", _("phone"))):
        if row.values[field] and row.values[field] != getattr(person, field):
            said.append(f"{label} {row.values[field]}")
    if row.values["paper"]:
        said.append(f"{_('identity paper')} {row.values['paper']['number']}")
    return _("The register says: %(what)s") % {"what": ", ".join(said)} if said else ""
