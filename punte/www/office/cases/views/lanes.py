"""Cases, plans, meetings and referrals on the line of time."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Lane, Mark, Stretch, Whose
from punte.cases.enums import InterventionMode, ReferralStatus
from punte.cases.models import Case, CaseEpisode, Intervention, Plan, Referral, RegimePeriod, Visit
from punte.cases.policy import ageing_bounds
from punte.people.compartments import compartments_of_each
from punte.www.office.cases.forms.codes import intervention_name


def lanes(whose: Whose) -> Iterable[Lane]:
    """Of a household all that its cases tell; of a person what was done for them."""
    if whose.person is not None:
        return _of_person(whose)
    return _of_household(whose)


def _of_person(whose: Whose) -> list[Lane]:
    cases = Case.objects.visible_to(whose.user)
    done = Intervention.objects.filter(person=whose.person, case__in=cases)
    referred = Referral.objects.filter(person=whose.person, case__in=cases)
    return [
        Lane(_("Interventions"), marks=_done(whose, done)),
        Lane(_("Referrals"), _referred(referred)),
    ]


def _of_household(whose: Whose) -> list[Lane]:
    cases = list(
        Case.objects.visible_to(whose.user).filter(household=whose.household).order_by("year", "number")
    )
    return [
        Lane(_("Cases"), _episodes(cases), gap=_("no case open")),
        Lane(_("Regime"), _regimes(cases), gap=_("no regime")),
        Lane(_("Plan"), _plans(cases)),
        Lane(
            _("Meetings and interventions"),
            marks=_done(whose, Intervention.objects.filter(case__in=cases)) + _planned(whose),
            gap=_("no meeting"),
            gap_days=ageing_bounds().unseen_days[-1],
            gap_until=timezone.localdate() if any(case.open for case in cases) else None,
        ),
        Lane(_("Referrals"), _referred(Referral.objects.filter(case__in=cases))),
    ]


def _episodes(cases: Sequence[Case]) -> list[Stretch]:
    rows = CaseEpisode.objects.filter(case__in=cases).select_related("case").order_by("start", "pk")
    return [
        Stretch(
            " · ".join(
                part
                for part in (_("case %(number)s") % {"number": row.case}, row.get_outcome_display())
                if part
            ),
            row.start,
            row.end,
            reverse("case", args=[row.case_id]),
            sensitive=row.case.sealed,
        )
        for row in rows
    ]


def _regimes(cases: Sequence[Case]) -> list[Stretch]:
    rows = RegimePeriod.objects.filter(case__in=cases).order_by("start", "pk")
    return [
        Stretch(row.get_regime_display(), row.start, row.end, reverse("case_regime", args=[row.case_id]))
        for row in rows
    ]


def _plans(cases: Sequence[Case]) -> list[Stretch]:
    """Each version from its day to that of the next, or to the closing of its case."""
    adopted = Plan.objects.filter(case__in=cases, adopted_on__isnull=False).order_by("adopted_on", "version")
    episodes = CaseEpisode.objects.filter(case__in=cases).order_by("start", "pk")
    closed = dict(episodes.values_list("case", "end"))
    found: dict[Any, list[Plan]] = {}
    for plan in adopted:
        found.setdefault(plan.case_id, []).append(plan)
    return [
        Stretch(
            _("plan %(version)s") % {"version": plan.version},
            plan.adopted_on,
            after.adopted_on if after else closed.get(plan.case_id),
            reverse("case_plan_version", args=[plan.case_id, plan.version]),
        )
        for plans in found.values()
        for plan, after in zip(plans, [*plans[1:], None], strict=True)
        if plan.adopted_on is not None
    ]


def _done(whose: Whose, rows: Any) -> list[Mark]:
    """What was done, as far as the account reads its part of the record."""
    found = list(rows.select_related("case__household").order_by("at", "pk"))
    homes = {row.case.household_id: row.case.household for row in found}
    read = compartments_of_each(whose.user, list(homes.values()))
    return [
        Mark(
            " · ".join(
                part for part in (row.get_mode_display(), row.code and intervention_name(row.code)) if part
            ),
            timezone.localdate(row.at),
            reverse("case_interventions", args=[row.case_id]),
            "round" if row.mode == InterventionMode.HOME_VISIT else "square",
            sensitive=row.compartment in SEALED_COMPARTMENTS,
        )
        for row in found
        if row.compartment in read[row.case.household_id]
    ]


def _planned(whose: Whose) -> list[Mark]:
    rows = Visit.objects.visible_to(whose.user).planned().filter(household=whose.household)
    return [
        Mark(_("planned visit"), row.day, reverse("visit_move", args=[row.pk]), "round", planned=True)
        for row in rows.order_by("day", "pk")
    ]


def _referred(rows: Any) -> list[Stretch]:
    return [
        Stretch(
            f"{row.service or row.organization}: {row.get_status_display()}",
            timezone.localdate(row.sent_at),
            _ended(row),
            reverse("case_referrals", args=[row.case_id]),
            sensitive=row.tells_of_violence,
        )
        for row in rows.select_related("service", "organization", "step__objective").order_by("sent_at", "pk")
    ]


def _ended(referral: Referral) -> dt.date | None:
    """The day after a referral ended or was refused; one that is accepted goes on."""
    at = referral.done_at or (referral.answered_at if referral.status == ReferralStatus.REFUSED else None)
    return timezone.localdate(at) + dt.timedelta(days=1) if at else None
