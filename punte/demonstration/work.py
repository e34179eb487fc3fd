"""Invented work with families: cases, plans, interventions and referrals of the past year."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.models import User
from punte.assessments.models import Finding
from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
from punte.cases.drafting import proposals, rows_of
from punte.cases.enums import (
    AgreementWay,
    InterventionMode,
    Outcome,
    PlanStatus,
    Progress,
    ReferralStatus,
    Regime,
)
from punte.cases.models import (
    Case,
    CaseEpisode,
    CaseNumber,
    CaseTeamMember,
    Intervention,
    Objective,
    Plan,
    PlannedService,
    Referral,
    RegimePeriod,
    Responsibility,
    SevereChild,
    SeverityPeriod,
)
from punte.cases.professions import RESPONSIBLE
from punte.cases.rules import SEVERE_CHILD_CODE
from punte.demonstration.records import Visit
from punte.directory.models import Service
from punte.methodology.model import Pack
from punte.people.enums import ConsentWay
from punte.people.models import Consent
from punte.people.purposes import REFERRAL

_CONTACT_EVERY = {Regime.INTENSIVE: 5, Regime.STANDARD: 20, Regime.MONITORING: 60}
_OPENING = "Evaluarea arată nevoi pe care familia nu le poate acoperi singură."
_CLOSING = "Obiectivele planului au fost atinse; familia știe unde să ceară sprijin."
_NOTES = (
    "Am discutat cu familia despre pașii din plan. Au adus o parte din acte.",
    "Vizită la domiciliu. Copiii erau acasă, camera era încălzită.",
    "Am sunat la școală împreună cu mama; dirigintele confirmă că lipsesc mai puține ore.",
    "Am lămurit ce acte mai trebuie pentru dosar și unde se depun.",
    "Tatăl nu era acasă. Am stabilit o nouă întâlnire.",
)
_NEED = "Ce urmărim: {objective} Familia a fost informată și este de acord cu referirea."
_REFUSED = "Nu avem loc liber acum; reveniți luna viitoare."


class Caseload:
    """Opens and follows cases for those visits that call for one, and of an institution `at_least` so many."""

    def __init__(
        self,
        chance: random.Random,
        today: dt.date,
        pack: Pack,
        services: Sequence[Service],
        partners: Mapping[UUID, User],
        at_least: Mapping[UUID, int] | None = None,
    ) -> None:
        self.chance = chance
        self.today = today
        self.pack = pack
        self.partners = partners
        self.missing = Counter(at_least or {})
        self.by_code: dict[str, list[Service]] = {}
        for service in services:
            self.by_code.setdefault(service.code_id or "", []).append(service)
        self.numbers: dict[tuple[UUID, int], int] = {}

    def follow(self, visits: Sequence[Visit]) -> list[Case]:
        """Cases for some of the homes, with all that hangs on them."""
        found = _findings_of(visits)
        rows: dict[type, list[object]] = {}
        cases = []
        for visit in visits:
            findings = found.get(visit.findings.pk, [])
            if self._calls_for_case(findings):
                cases.append(self._case(visit, findings, rows))
        self.missing.subtract(case.keeper_id for case in cases if case.open)
        begun = {case.household_id for case in cases}
        for visit in (one for one in visits if one.home.household.pk not in begun):
            if self.missing[visit.home.keeper.organization.pk] > 0:
                self.missing[visit.home.keeper.organization.pk] -= 1
                cases.append(self._case(visit, found.get(visit.findings.pk, []), rows, stays=True))
        Case.objects.bulk_create(cases)
        for model in (
            CaseEpisode,
            RegimePeriod,
            SeverityPeriod,
            Responsibility,
            CaseTeamMember,
            Plan,
            Objective,
            PlannedService,
            Intervention,
            Consent,
            Referral,
        ):
            model.objects.bulk_create(rows.get(model, []))  # type: ignore[arg-type]
        covered = {case.household_id for case in cases if case.open}
        SevereChild.objects.bulk_create(self._severe(visits, found, covered), ignore_conflicts=True)
        refresh_deadlines_of(cases, today=self.today)
        return cases

    def keep_numbers(self) -> None:
        """Let the next case of each organisation be numbered after the last of these."""
        for (organization, year), last in self.numbers.items():
            CaseNumber.objects.update_or_create(
                organization_id=organization, year=year, defaults={"last": last}
            )

    def _calls_for_case(self, findings: Sequence[Finding]) -> bool:
        worst, moderate = _worst(findings), sum(one.severity == 2 for one in findings)
        return self.chance.random() < {3: 0.72, 2: 0.22 + 0.06 * moderate}.get(worst, 0.02)

    def _case(
        self,
        visit: Visit,
        findings: Sequence[Finding],
        rows: dict[type, list[object]],
        *,
        stays: bool = False,
    ) -> Case:
        chance = self.chance
        keeper = visit.home.keeper
        worker, team = keeper.workers[visit.home.household.pk.int % len(keeper.workers)]
        opened = min(visit.assessment.visited_on + dt.timedelta(days=chance.randrange(0, 9)), self.today)
        closed = not stays and chance.random() < 0.75 and (self.today - opened).days > 120
        severe_child = any(one.code == SEVERE_CHILD_CODE for one in findings)
        worst = _worst(findings)
        regime = self._regime(worst, severe_child, days=(self.today - opened).days)
        unassigned = not closed and not stays and chance.random() < 0.04
        case = Case(
            keeper=keeper.organization,
            year=opened.year,
            number=self._number(keeper.organization.pk, opened.year),
            household=visit.home.household,
            team=team,
            open=not closed,
            regime=regime,
            severity=worst,
            severe_child=severe_child,
            responsible=None if closed or unassigned else worker,
            created_at=_at(opened, 9),
        )
        end = opened + dt.timedelta(days=chance.randrange(70, 120)) if closed else None
        add = _Add(rows)
        add(
            CaseEpisode(
                case=case,
                start=opened,
                end=end,
                assessment=visit.assessment,
                opened_by=worker,
                opening_reason=_OPENING,
                closed_by=worker if closed else None,
                closing_reason=_CLOSING if closed else "",
                outcome=chance.choice((Outcome.OBJECTIVES_MET, Outcome.PARTLY_MET, Outcome.MOVED))
                if closed
                else "",
            )
        )
        add(
            RegimePeriod(
                case=case,
                regime=regime,
                start=opened,
                end=end,
                assessment=visit.assessment,
                by=worker,
                reason="Stabilit la deschidere, după evaluare.",
            )
        )
        visited = visit.assessment.visited_on
        add(SeverityPeriod(case=case, start=visited, severity=worst, severe_child=severe_child))
        if not unassigned:
            add(Responsibility(case=case, user=worker, start=opened, end=end))
        until = end or self.today
        steps = self._plan(visit, case, findings, worker, opened, until, add)
        self._contacts(case, regime, worker, opened, until, add)
        self._referrals(visit, case, steps, worker, opened, until, add)
        return case

    def _regime(self, worst: int, severe_child: bool, *, days: int) -> Regime:
        """The longer since the assessment, the less intensive: what is not looked at anew is not intensive."""
        if days > 85:
            return Regime.STANDARD if self.chance.random() < 0.5 else Regime.MONITORING
        weights = (60, 35, 5) if severe_child else {3: (35, 50, 15), 2: (8, 60, 32)}.get(worst, (0, 35, 65))
        return self.chance.choices((Regime.INTENSIVE, Regime.STANDARD, Regime.MONITORING), weights)[0]

    def _number(self, organization: UUID, year: int) -> int:
        self.numbers[organization, year] = self.numbers.get((organization, year), 0) + 1
        return self.numbers[organization, year]

    def _plan(
        self,
        visit: Visit,
        case: Case,
        findings: Sequence[Finding],
        worker: User,
        opened: dt.date,
        until: dt.date,
        add: "_Add",
    ) -> list[tuple[PlannedService, Objective]]:
        agreed = opened + dt.timedelta(days=self.chance.randrange(4, 30))
        if agreed > until:
            return []
        if case.open and self.chance.random() < 0.8:
            agreed = max(agreed, until - dt.timedelta(days=self.chance.randrange(2, 28)))
        adult = next(
            (one for one in visit.home.people if (one.age_on(self.today) or 0) >= 18), visit.home.people[0]
        )
        plan = Plan(
            case=case,
            version=1,
            status=PlanStatus.ADOPTED,
            finding_set=visit.findings,
            by=worker,
            agreed_with=adult,
            agreed_on=agreed,
            agreed_how=AgreementWay.SIGNED,
            adopted_on=agreed,
            adopted_by=worker,
        )
        add(plan)
        proposed = proposals(findings, self.pack.package, covered=())
        objectives, rows = rows_of(proposed, today=agreed)
        steps = []
        for objective in objectives:
            objective.plan = plan
            if not objective.later:
                objective.progress = self.chance.choices(
                    (Progress.NOT_STARTED, Progress.UNDER_WAY, Progress.ACHIEVED), (25, 50, 25)
                )[0]
            add(objective)
            for place, step in enumerate(row for row in rows if row.objective is objective):
                begun = objective.progress == Progress.UNDER_WAY and place == 0
                step.position = place
                step.worker = worker if step.role == RESPONSIBLE else None
                if begun or objective.progress == Progress.ACHIEVED:
                    step.done_on = min(until, agreed + dt.timedelta(days=self.chance.randrange(2, 40)))
                add(step)
                steps.append((step, objective))
        return steps

    def _contacts(
        self, case: Case, regime: Regime, worker: User, opened: dt.date, until: dt.date, add: "_Add"
    ) -> None:
        every = _CONTACT_EVERY[regime]
        neglected = self.chance.random() < 0.15
        until -= dt.timedelta(days=every if neglected else 0)
        day = opened
        while True:
            day += dt.timedelta(days=max(1, round(self.chance.gauss(every, every * 0.25))))
            if day >= until:
                return
            if day.weekday() > 4:
                continue
            mode = self.chance.choices(
                (
                    InterventionMode.HOME_VISIT,
                    InterventionMode.PHONE,
                    InterventionMode.OFFICE,
                    InterventionMode.ACCOMPANIMENT,
                ),
                (50, 25, 15, 10),
            )[0]
            add(
                Intervention(
                    case=case,
                    mode=mode,
                    code=self.chance.choice(("SIO_01", "SAI_08", "SNF_07", "SMT_10")),
                    at=_at(day, self.chance.randrange(8, 16)),
                    minutes=self.chance.choice((15, 20, 30, 45, 60)),
                    by=worker,
                    note=self.chance.choice(_NOTES) if self.chance.random() < 0.6 else "",
                )
            )

    def _referrals(
        self,
        visit: Visit,
        case: Case,
        steps: Iterable[tuple[PlannedService, Objective]],
        worker: User,
        opened: dt.date,
        until: dt.date,
        add: "_Add",
    ) -> None:
        yesterday = self.today - dt.timedelta(days=1)
        if opened > yesterday:
            return
        for step, objective in steps:
            if objective.later:
                continue
            offered = [service for code in step.refer_to for service in self.by_code.get(code, [])]
            if not offered or self.chance.random() < 0.45:
                continue
            service = self.chance.choice(offered)
            sent = _at(min(yesterday, until, opened + dt.timedelta(days=self.chance.randrange(10, 50))), 10)
            status = self.chance.choices(
                (ReferralStatus.SENT, ReferralStatus.ACCEPTED, ReferralStatus.REFUSED, ReferralStatus.DONE),
                (12, 42, 16, 30),
            )[0]
            answered = (
                None
                if status == ReferralStatus.SENT
                else sent + dt.timedelta(days=self.chance.randrange(1, 12))
            )
            if answered and answered > timezone.now():
                status, answered = ReferralStatus.SENT, None
            person = next(
                (one for one in visit.home.people if one.pk == objective.person_id), visit.home.people[0]
            )
            consent = Consent(
                keeper_id=case.keeper_id,
                person=person,
                purpose=REFERRAL,
                organization_id=service.provider_id,
                start=sent.date(),
                compartment=objective.compartment
                if objective.compartment in SEALED_COMPARTMENTS
                else Compartment.GENERAL,
                way=ConsentWay.SPOKEN,
                by=worker,
            )
            add(consent)
            add(
                Referral(
                    case=case,
                    person=person,
                    service=service,
                    organization_id=service.provider_id,
                    step=step,
                    need=_NEED.format(objective=objective.text),
                    consent=consent,
                    by=worker,
                    sent_at=sent,
                    status=status,
                    answered_at=answered,
                    answered_by=self.partners.get(service.provider_id) if answered else None,
                    answer=_REFUSED if status == ReferralStatus.REFUSED else "",
                    done_at=answered + dt.timedelta(days=1)
                    if answered and status == ReferralStatus.DONE
                    else None,
                    seen_by_sender_at=answered if answered and self.chance.random() < 0.8 else None,
                )
            )

    def _severe(
        self, visits: Sequence[Visit], found: Mapping[UUID, list[Finding]], covered: Collection[UUID]
    ) -> Iterable[SevereChild]:
        for visit in visits:
            if any(one.code == SEVERE_CHILD_CODE for one in found.get(visit.findings.pk, [])):
                household = visit.home.household
                yield SevereChild(
                    household=household,
                    keeper=visit.home.keeper.organization,
                    since=visit.assessment.visited_on,
                    covered=household.pk in covered,
                )


class _Add:
    def __init__(self, rows: dict[type, list[object]]) -> None:
        self.rows = rows

    def __call__(self, row: object) -> None:
        self.rows.setdefault(type(row), []).append(row)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 0)))


def _findings_of(visits: Sequence[Visit]) -> dict[UUID, list[Finding]]:
    rows = Finding.objects.filter(finding_set__in=[visit.findings for visit in visits]).order_by(
        "finding_set", "-severity", "code"
    )
    return {key: list(group) for key, group in groupby(rows, key=lambda one: one.finding_set_id)}


def _worst(findings: Iterable[Finding]) -> int:
    return max((one.severity for one in findings), default=0)
