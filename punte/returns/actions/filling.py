"""Sheets filled in from an extract, and checked, every night: of the quarter that is over and of that under way."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment
from punte.accounts.policy import POWERS
from punte.cases.content import duties_rulebook
from punte.cases.rules_on import rules_on
from punte.deadlines.model import Rule as Term
from punte.kernel.errors import DomainError
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.models import Household
from punte.programmes.counting import Ask, asked
from punte.returns.asking import OF_COUNTY, given_to_sheets, of_record, quarters_of
from punte.returns.definition import SheetForm
from punte.returns.faults import faults_of
from punte.returns.models import Sheet, receiver_of
from punte.returns.periods import Period
from punte.returns.reading import SHEET_PARTS, sheet_forms, views

Found = dict[tuple[str, str], dict[str, dict[str, int]]]
"""By place and period the rows with their columns."""
Wrong = dict[tuple[str, str], dict[str, int]]
"""By place and period how many entries each rule finds wrong."""


@transaction.atomic
def fill_sheets(folder: Path, *, today: dt.date) -> list[Sheet]:
    """Fill in, and check, the sheets of every institution that owes them; what is signed or sent stays as it is.

    Not a verb: the installation does it every night, no account does.

    Raises:
        MethodologyError: a query does not run on the extract.
    """
    periods = quarters_of(today)
    made: list[Sheet] = []
    for form in sorted(sheet_forms().values(), key=lambda one: one.by == OF_COUNTY):
        if not (owed := owing(form)):
            continue
        found, wrong = _counted(form, folder, periods, {one.uat.county_id for one, _term in owed})
        for organization, term in owed:
            place = organization.uat.county_id if form.by == OF_COUNTY else str(organization.uat_id)
            for period in periods:
                key = (place, period.name)
                sheet = _filled(form, organization, term, period, found[key], wrong[key], folder)
                made += [sheet] if sheet else []
    return made


def owing(form: SheetForm) -> list[tuple[Any, Term | None]]:
    """The institutions that send a form, with the rule of terms by which it falls due."""
    plans = [role for role, powers in POWERS.items() if Capability.PLAN in powers.capabilities]
    works = Appointment.objects.filter(role__in=plans).values("organization")
    of_kind = Q(kind=form.by)
    if form.by == OrganizationKind.TOWN_HALL:
        # The service of a city is often an institution of its own.
        keeps = Household.objects.filter(keeper=OuterRef("pk"))
        of_kind |= Q(Exists(keeps), kind=OrganizationKind.PUBLIC)
    rows = Organization.objects.filter(of_kind, pk__in=works, uat__isnull=False).select_related("uat")
    organizations = list(rows.order_by("name"))
    if form.term == "none":
        return [] if form.is_proposal else [(one, None) for one in organizations]
    on: Mapping[UUID, Iterable[Term]] = rules_on(duties_rulebook(), [one.pk for one in organizations])
    by_key = {
        one.pk: next((rule for rule in on[one.pk] if rule.key == form.term), None) for one in organizations
    }
    return [(one, rule) for one in organizations if (rule := by_key[one.pk])]


def _counted(
    form: SheetForm, folder: Path, periods: Iterable[Period], counties: set[str]
) -> tuple[Found, Wrong]:
    """What the queries of a form give, and how many entries its rules find wrong."""
    found: Found = defaultdict(lambda: defaultdict(dict))
    wrong: Wrong = defaultdict(dict)
    queries = [row for part in form.parts for row in part.rows if row.query]

    def ask_all(ask: Ask) -> None:
        for row in queries:
            for place, period, column, value in ask(row.query, SHEET_PARTS):
                if value is not None:
                    found[str(place), period][row.key][column] = int(value)
        for key, text in of_record(form).items():
            for place, period, _column, value in ask(text, SHEET_PARTS):
                wrong[str(place), period][key] = int(value)

    given = given_to_sheets(periods, counties)
    asked(folder, ask_all, given=given, views=views())
    return found, wrong


def _filled(
    form: SheetForm, organization: Organization, term: Term | None, period: Period,
    found: Mapping[str, Mapping[str, int]], wrong: Mapping[str, int], folder: Path,
) -> Sheet | None:  # fmt: skip
    key = {"form": form.key, "organization": organization, "period": period.name}
    sheet = Sheet.objects.select_for_update(of=("self",), no_key=True).filter(**key).first()
    if sheet is not None and not sheet.is_open:
        return None
    sheet = sheet or Sheet(**key, start=period.start, end=period.end)
    sheet.receiver = receiver_of(organization) if form.to == OF_COUNTY else None
    sheet.due_on = due_day(term, period)
    sheet.counted = {
        row.key: {
            column.key: found.get(row.key, {}).get(column.key, 0)
            for column in part.columns
            if not column.sums
        }
        for part in form.parts
        for row in part.rows
        if row.query
    }
    sheet.extract = folder.name
    earlier = Sheet.objects.filter(form=form.key, organization=organization, start__lt=period.start)
    last = earlier.order_by("-start").first()
    sheet.before_values = last.values if last else {}
    settle(sheet, form, wrong)
    sheet.save()
    return sheet


def due_day(term: Term | None, period: Period) -> dt.date | None:
    """Until when the sheet of a quarter is to be sent: by the day of the month after it that its rule says."""
    return period.end.replace(day=term.calendar.day) if term and term.calendar else None


def settle(sheet: Sheet, form: SheetForm, wrong: Mapping[str, int] | None = None) -> None:
    """Put the corrections over what was counted, add up, and ask the rules again.

    Args:
        wrong: how many entries of the record each rule finds wrong; as last night where it is not given.
    """
    values: dict[str, dict[str, int | None]] = {}
    corrected = {}
    if sheet.pk and not sheet._state.adding:
        for one in sheet.corrections.exclude(column="").order_by("created_at", "id"):
            corrected[one.row, one.column] = one.value
    for part in form.parts:
        for row in part.rows:
            of = values.setdefault(row.key, {})
            for column in part.columns:
                if not column.sums:
                    counted = (sheet.counted.get(row.key) or {}).get(column.key)
                    of[column.key] = corrected.get((row.key, column.key), counted)
            for column in part.columns:
                if column.sums:
                    known = [of[key] for key in column.sums]
                    of[column.key] = None if None in known else sum(filter(None, known))
    sheet.values = values
    before_record = {key: said["n"] for key, said in sheet.faults.items()}
    sheet.faults = faults_of(
        form, values, sheet.before_values, before_record if wrong is None else wrong, sheet.faults
    )


def form_of(sheet: Sheet) -> SheetForm:
    """The form of a sheet.

    Raises:
        DomainError: it is no longer among the files.
    """
    found = sheet_forms().get(sheet.form)
    if found is None:
        raise DomainError("Formularul acestei fișe nu mai este în content/returns/sheets.")
    return found
