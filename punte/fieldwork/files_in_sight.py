"""Which photographs and signatures of a household an account may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.models import Case, Intervention, Plan
from punte.fieldwork.models import FieldFile
from punte.people.asked import Asked
from punte.people.compartments import compartments_of
from punte.people.models import Household


def files_of(user: User, household: Household) -> list[FieldFile]:
    """The whole files of a household that the account sees, without their content, newest first.

    One query where there is none, at most seven otherwise.
    """
    return files_in_sight(user, household, _kept(user, household=household.pk))


_kept = Asked(
    lambda user, household: (
        FieldFile.objects.visible_to(user)
        .whole()
        .filter(household=household)
        .select_related("entry")
        .defer("content")
        .order_by("-created_at", "-id")
    )
)


def files_in_sight(user: User, household: Household, files: Iterable[FieldFile]) -> list[FieldFile]:
    """Those of the files that the account may see, of those that `visible_to` gives it.

    What belongs to an intervention is seen by who sees its case and reads its compartment; what belongs to a plan by
    who sees the case; the rest by everybody who sees the household. What belongs to something that is no longer there
    is seen by those alone who read the whole record.
    """
    files = list(files)
    about = {file.about for file in files if file.about}
    if not about:
        return files
    sight = _sight(user, household, about)
    return [file for file in files if file.about is None or sight.of(file.about)]


@dataclass(frozen=True)
class _Sight:
    cases: frozenset[UUID]
    compartments: frozenset[Compartment]
    interventions: Mapping[UUID, tuple[UUID, str]]
    plans: Mapping[UUID, UUID]
    assessments: frozenset[UUID]

    def of(self, about: UUID) -> bool:
        if about in self.interventions:
            case, compartment = self.interventions[about]
            return case in self.cases and compartment in self.compartments
        if about in self.plans:
            return self.plans[about] in self.cases
        return about in self.assessments or self.compartments >= frozenset(Compartment)


def _sight(user: User, household: Household, about: set[UUID]) -> _Sight:
    compartments = compartments_of(user, household)
    done = Intervention.objects.filter(pk__in=about).values_list("pk", "case_id", "compartment")
    return _Sight(
        cases=frozenset(
            Case.objects.visible_to(user).filter(household=household).values_list("pk", flat=True)
        ),
        compartments=compartments,
        interventions={pk: (case, compartment) for pk, case, compartment in done},
        plans=dict(Plan.objects.filter(pk__in=about).values_list("pk", "case_id")),
        assessments=frozenset(
            Assessment.objects.opened_with(compartments)
            .filter(household=household, pk__in=about)
            .values_list("pk", flat=True)
        ),
    )
