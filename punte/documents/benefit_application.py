"""The application for a benefit, filled in from the record: what is not known stays a line to write on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import pgettext

from punte.accounts.enums import Compartment
from punte.assessments.models import AssessedMember, Assessment
from punte.assessments.packs import pack_of
from punte.benefits.reckoning import picture_of
from punte.cases.models import Case
from punte.directory.help.need import benefits
from punte.documents.content import (
    Asked,
    Built,
    address_of,
    allowed_compartments,
    built,
    held_by,
    hidden_on_papers,
    member_lines,
    members_of,
    shared_parts,
)
from punte.documents.paper import BenefitApplication, FamilyMember, FormPart, Line
from punte.documents.romanian import clean, paragraphs
from punte.documents.templates import FormRow, PaperTemplate
from punte.methodology.model import Fact
from punte.people.models import IdentityDocument, Membership

_TICKED, _EMPTY = "☒", "☐"


def build_application(case: Case, template: PaperTemplate, asked: Asked, on: dt.date) -> Built:
    """The application for the benefit that the template names, in the name of whom the case is about."""
    members = members_of(case)
    applicant = next((one for one in members if one.person_id == case.person_id), None) or next(
        iter(members), None
    )
    filling = _Filling(case, template, asked, applicant, on)
    others = [one for one in members if one is not applicant]
    benefit = benefits()[template.form.benefit]
    paper = BenefitApplication(
        **shared_parts(case, template, asked, members=members, subject=[], on=on),
        parts=[
            FormPart(
                part.title,
                [Line(row.label, filling.says(row)) for row in part.rows],
                None if part.family is None else filling.family(others, part.family, on),
                part.details,
            )
            for part in template.form.parts
        ],
        not_income=template.form.not_income,
        checklist_title=template.form.checklist_title,
        checklist=[words["ro"] for words in benefit.papers.names],
        declaration_title=template.form.declaration_title,
        declaration=list(template.form.declaration),
        remarks=paragraphs(asked.conclusions),
    )
    return built(paper, held_by(filling.used, template, asked), template)


class _Filling:
    """What is known for the rows of the form, within the compartments of the paper."""

    def __init__(
        self, case: Case, template: PaperTemplate, asked: Asked, applicant: Membership | None, on: dt.date
    ) -> None:
        self.case, self.applicant, self.on = case, applicant, on
        self.allowed = allowed_compartments(case, template, asked)
        self.used: set[Compartment] = set()
        self.seems = {one.entitlement.benefit for one in picture_of(asked.by, case.household, day=on).seems}
        made = Assessment.objects.setting_severity().filter(household=case.household, visited_on__lte=on)
        self.visit = made.select_related("pack").first()
        self.facts: Mapping[str, Fact] = pack_of(self.visit.pack).facts if self.visit else {}
        hidden = hidden_on_papers(case).people_in(case.household_id)
        rows = AssessedMember.objects.filter(assessment=self.visit).exclude(person__in=hidden).order_by("pk")
        self.answers: Mapping[Any, Mapping[str, Any]] = dict(rows.values_list("person", "facts"))

    def says(self, row: FormRow) -> str:
        """What stands in a row; empty where it is to be written by hand."""
        if row.boxes:
            return "   ".join(
                f"{_TICKED if key in self.seems else _EMPTY}\N{NO-BREAK SPACE}{words}"
                for key, words in row.boxes.items()
            )
        if row.asked:
            return self._answer(row.asked, self.visit.facts if self.visit else {})
        return self._of_applicant(row.applicant) if row.applicant and self.applicant else ""

    def family(self, others: Sequence[Membership], asked: Sequence[str], on: dt.date) -> list[FamilyMember]:
        """The others of the household, each with these of their answers."""
        return [
            FamilyMember(
                name=line.name,
                relation=line.relation,
                born=line.born,
                cnp=line.cnp,
                details="; ".join(
                    said
                    for name in asked
                    if (said := self._answer(name, self.answers.get(one.person_id, {})))
                ),
            )
            for one, line in zip(others, member_lines(others, on=on), strict=True)
        ]

    def _of_applicant(self, name: str) -> str:
        assert self.applicant is not None
        person = self.applicant.person
        match name:
            case "name":
                return clean(str(person))
            case "cnp":
                return person.cnp
            case "phone":
                return clean(person.phone or self.case.household.phone)
            case "address":
                return address_of(self.case.household, on=self.on)
            case "identity":
                return self._identity()
        return self._answer(name, self.answers.get(person.pk, {}))

    def _identity(self) -> str:
        assert self.applicant is not None
        held = (
            IdentityDocument.objects.filter(person=self.applicant.person)
            .order_by("-issued_on", "-pk")
            .first()
        )
        return clean(f"{held.get_kind_display()} {held.number}") if held else ""

    def _answer(self, name: str, answers: Mapping[str, Any]) -> str:
        """An answer in words, where the paper may hold it."""
        fact, value = self.facts.get(name), answers.get(name)
        if fact is None or value is None or Compartment(fact.compartment) not in self.allowed:
            return ""
        self.used.add(Compartment(fact.compartment))
        if isinstance(value, bool):
            return pgettext("paper", "yes") if value else pgettext("paper", "no")
        if fact.type == "choice":
            return fact.choices[value]["ro"] if value in fact.choices else ""
        return clean(str(value).removesuffix(".00"))
