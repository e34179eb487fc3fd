"""Invented answers: what a family would tell, the more worrying the harder its life."""

import datetime as dt
import random
from typing import Any

from punte.demonstration.families import Family, Someone
from punte.people.enums import Sex
from punte.people.rules import completed_years

Facts = dict[str, Any]
_UNDER_SIX_MONTHS = 183


class Answers:
    """Answers of one family on one visit; now and then one is not given."""

    def __init__(self, chance: random.Random, family: Family, visited: dt.date) -> None:
        self.chance = chance
        self.family = family
        self.visited = visited
        self.hard = family.hardship

    def household(self) -> Facts:
        """The facts of the household."""
        facts: Facts = {"visit_date": self.visited, "dwelling": self._dwelling()}
        if facts["dwelling"] != "none":
            facts |= self._home()
        people = len(self.family.members)
        facts["monthly_income_lei"] = self._income(people)
        facts["receives_vmi"] = self._yes(0.05 + 0.5 * self.hard)
        facts["violence_signs"] = self._violence()
        if any(completed_years(one.born, on=self.visited) < 18 for one in self.family.members):
            facts["neglect_risk"] = self._yes(0.12 * self.hard)
        return self._forget(facts, keep=("visit_date", "dwelling"))

    def member(self, someone: Someone) -> Facts:
        """The facts of one member, as far as they are asked of a person of this age."""
        years = completed_years(someone.born, on=self.visited)
        days = (self.visited - someone.born).days
        facts: Facts = {
            "birth_date": someone.born,
            "sex": someone.sex,
            "identity_document": self._yes(0.985 - 0.1 * self.hard),
        }
        facts |= self._health()
        facts |= (
            self._child(someone, years, days)
            if years < 18
            else {"literate": self._yes(0.99 - 0.2 * self.hard)}
        )
        if someone.sex == Sex.FEMALE and 14 <= years <= 50:
            facts |= self._woman(years)
        if years >= 10:
            facts |= self._behaviour(years)
        return self._forget(facts, keep=("birth_date", "sex"))

    def _yes(self, probability: float) -> bool:
        return self.chance.random() < probability

    def _dwelling(self) -> str:
        if self._yes(0.06 * self.hard):
            return self.chance.choice(("improvised", "none"))
        return self.chance.choices(("house", "flat", "room"), (62, 32, 6))[0]

    def _home(self) -> Facts:
        poor = self.hard
        return {
            "rooms": max(1, round(self.chance.gauss(2.6 - 1.4 * poor, 0.8))),
            "water": self.chance.choices(
                ("inside", "yard", "none"), (1 - 0.6 * poor, 0.1 + 0.4 * poor, 0.25 * poor)
            )[0],
            "electricity": self._yes(0.99 - 0.12 * poor),
            "toilet": self.chance.choices(
                ("inside", "outside", "none"), (1 - 0.6 * poor, 0.1 + 0.5 * poor, 0.06 * poor)
            )[0],
            "heating": self.chance.choices(
                ("central", "stove", "electric", "none"), (0.5 - 0.3 * poor, 0.45, 0.05, 0.08 * poor)
            )[0],
            "damp": self._yes(0.08 + 0.5 * poor),
        }

    def _income(self, people: int) -> float:
        if self._yes(0.12 * self.hard):
            return 0
        each = max(60.0, self.chance.lognormvariate(7.3 - 1.5 * self.hard, 0.45))
        return round(each * (1 + 0.45 * (people - 1)))

    def _violence(self) -> str:
        weights = (1 - 0.16 * self.hard, 0.09 * self.hard, 0.05 * self.hard, 0.02 * self.hard)
        return self.chance.choices(("none", "risk", "violence", "abuse"), weights)[0]

    def _health(self) -> Facts:
        ill = self._yes(0.16)
        disability = self.chance.choices(
            ("none", "certified", "uncertified"), (0.93, 0.05, 0.01 + 0.03 * self.hard)
        )[0]
        facts: Facts = {
            "health_insurance": self.chance.choices(
                ("insured", "co_insured", "none"), (0.62, 0.3, 0.03 + 0.25 * self.hard)
            )[0],
            "family_doctor": self._yes(0.97 - 0.2 * self.hard),
            "medical_access": self._yes(0.97 - 0.1 * self.hard),
            "chronic_disease": ill,
            "disability": disability,
        }
        if ill:
            facts["chronic_treated"] = self._yes(0.9 - 0.4 * self.hard)
        if disability == "certified":
            facts["disability_grade"] = self.chance.choices(
                ("mild", "medium", "accentuated", "severe"), (10, 25, 45, 20)
            )[0]
        return facts

    def _child(self, someone: Someone, years: int, days: int) -> Facts:
        facts: Facts = {
            "mother": someone.mother,
            "father": someone.father,
            "vaccinated": self._yes(0.93 - 0.3 * self.hard),
        }
        facts["enrolled"] = self._enrolled(years)
        if facts["enrolled"] == "school":
            facts["absences_30d"] = int(self.chance.expovariate(1 / (1 + 9 * self.hard)))
            facts["repeated_year"] = self._yes(0.03 + 0.12 * self.hard)
            facts["special_educational_needs"] = self._yes(0.06)
        if years < 1:
            facts["low_birth_weight"] = self._yes(0.07 + 0.08 * self.hard)
        if days < _UNDER_SIX_MONTHS:
            facts["exclusively_breastfed"] = self._yes(0.55)
        return facts

    def _enrolled(self, years: int) -> str:
        if years < 3:
            return "creche" if self._yes(0.25 - 0.2 * self.hard) else "none"
        if years < 6:
            return "none" if self._yes(0.06 + 0.4 * self.hard) else "kindergarten"
        if self._yes(0.01 + 0.1 * self.hard):
            return "none" if years < 12 else "dropped_out"
        return "school"

    def _woman(self, years: int) -> Facts:
        pregnant = self._yes(0.03 if years >= 18 else 0.02 * self.hard)
        facts: Facts = {"pregnant": pregnant, "postnatal": not pregnant and self._yes(0.01)}
        if pregnant:
            facts["pregnancy_registered"] = self._yes(0.95 - 0.4 * self.hard)
            facts["prenatal_checks"] = 0 if self._yes(0.3 * self.hard) else self.chance.randrange(1, 6)
        if years < 18:
            facts["is_mother"] = self._yes(0.02 * self.hard)
        return facts

    def _behaviour(self, years: int) -> Facts:
        return {
            "tobacco": years >= 14 and self._yes(0.22),
            "alcohol": years >= 16 and self._yes(0.03 + 0.08 * self.hard),
            "drugs": years >= 14 and self._yes(0.01 * self.hard),
            "violent_behaviour": self._yes(0.03 * self.hard),
            "sexual_risk": years >= 13 and self._yes(0.02 * self.hard),
        }

    def _forget(self, facts: Facts, keep: tuple[str, ...]) -> Facts:
        return {name: value for name, value in facts.items() if name in keep or self.chance.random() > 0.012}
