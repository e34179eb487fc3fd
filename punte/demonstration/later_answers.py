"""Invented answers to the questions that came with sci 2026.6, drawn apart, so that the others stay as they are."""

import datetime as dt
import random
from typing import Any

from punte.demonstration.families import Family, Someone
from punte.people.rules import completed_years

Facts = dict[str, Any]


class LaterAnswers:
    """Answers of one family on one visit, to go with what it told already."""

    def __init__(self, family: Family, visited: dt.date) -> None:
        seed = f"{family.name} {family.street} {family.members[0].born} {visited}"
        self.chance = random.Random(seed)  # noqa: S311 invented answers need no secrecy
        self.visited = visited
        self.hard = family.hardship
        ages = [completed_years(one.born, on=visited) for one in family.members if one.born <= visited]
        self.minor, self.young = any(age < 18 for age in ages), any(age < 12 for age in ages)

    def household(self, told: Facts) -> Facts:
        """The facts of the household."""
        hard = self.hard
        facts: Facts = {
            "informed": True,
            "present": self._one({"alone": 5, "family": 4, "others": 0.3}),
            "hunger": self._one({"never": 8 - 5 * hard, "sometimes": 3 * hard, "often": hard}),
            "heating_aid": self._yes(0.1 + 0.3 * hard),
            "canteen": self._yes(0.1 * hard),
            "other_aid": self._yes(0.1 + 0.1 * hard),
            "support": self._one({"family": 7, "friends": 2, "nobody": 1.5 * hard}),
            "minutes_to_doctor": self.chance.choice((5, 10, 15, 20, 30, 45)),
            "minutes_to_bus": self.chance.choice((3, 5, 10, 15, 20)),
            "stopped": False,
        }
        if told.get("dwelling") != "none":
            facts["tenure"] = self._one(
                {
                    "owned": 8,
                    "no_papers": 4 * hard,
                    "rented": 1,
                    "social": hard,
                    "relatives": 1,
                    "no_right": hard,
                }
            )
            facts["arrears"] = self._one({"none": 8, "overdue": 3 * hard, "notice": 0.4 * hard})
            facts["cold"] = self._one({"never": 8 - 5 * hard, "sometimes": 3 * hard, "often": 2 * hard})
        if self.minor:
            facts["child_allowance"] = self._yes(0.96)
            facts["scholarship"] = self._yes(0.2 + 0.2 * hard)
            facts["minutes_to_school"] = self.chance.choice((5, 10, 15, 20, 30))
        if self.young:
            facts["home_alone"] = self._one({"adult": 8, "older_child": 2 * hard, "nobody": 0.5 * hard})
        return facts

    def member(self, someone: Someone, told: Facts) -> Facts:
        """The facts of one member, as far as they are asked of a person of this age who answered so."""
        years = completed_years(someone.born, on=self.visited)
        grown = years >= 18 or (years >= 15 and told.get("enrolled") not in (None, "school"))
        facts = self._child(years, (self.visited - someone.born).days, told) if years < 18 else {}
        if grown:
            facts |= self._grown(years)
        if years >= 10:
            facts["low_mood"] = self._yes(0.03 + 0.07 * self.hard)
            if facts["low_mood"]:
                facts["self_harm"] = self._yes(0.05)
        if told.get("disability") == "certified":
            facts["disability_type"] = self._one(
                {"physical": 3, "somatic": 3, "mental": 2, "visual": 1, "hearing": 1}
            )
            facts["disability_help"] = self._one({"assistant": 1, "allowance": 6, "none": 1 + self.hard})
        return facts

    def _grown(self, years: int) -> Facts:
        hard = self.hard
        working = {
            "employee": 6 - 4 * hard,
            "day_labourer": 3 * hard,
            "farmer": 1,
            "homemaker": 1,
            "unregistered": 2 * hard,
        }
        studied = {
            "none": hard,
            "primary": hard,
            "lower_secondary": 3,
            "vocational": 3,
            "upper_secondary": 4 - 3 * hard,
        }
        return {
            "occupation": "retired" if years >= 65 else self._one(working),
            "schooling": self._one(studied),
        }

    def _child(self, years: int, days: int, told: Facts) -> Facts:
        facts: Facts = {"history": self._one({"none": 60, "returned": 1, "came_home": 0.5})}
        parents = told.get("mother"), told.get("father")
        if None not in parents and "home" not in parents:
            facts["main_carer"] = self._one({"grandparent": 7, "relative": 2, "sibling": 1})
            facts["legal_carer"] = self._one({"decided": 2, "pending": 1, "missing": 3})
        if {"abroad", "elsewhere"} & set(parents):
            facts["talks"], facts["sends_money"] = self._yes(0.85), self._yes(0.7)
        if years >= 5:
            facts["child_work"] = self._yes(0.06 * self.hard)
        if years >= 10:
            facts["early_union"] = years >= 14 and self._yes(0.01 * self.hard)
        if years < 6:
            facts["development_concern"] = self._yes(0.03 + 0.04 * self.hard)
        if years < 2:
            facts["vitamin_d_iron"] = self._yes(0.9 - 0.3 * self.hard)
            if days >= 183:
                facts["varied_food"] = self._yes(0.95 - 0.2 * self.hard)
        return facts

    def _yes(self, probability: float) -> bool:
        return self.chance.random() < probability

    def _one(self, weights: dict[str, float]) -> str:
        return self.chance.choices(list(weights), [max(weight, 0) for weight in weights.values()])[0]
