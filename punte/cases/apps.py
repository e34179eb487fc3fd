from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig


class Cases(AppConfig):
    name = "punte.cases"
    label = "cases"

    def ready(self) -> None:
        """Severity and terms follow who lives; nobody has two open cases; plans follow a person's files."""
        from punte.accounts.guests import hand_over
        from punte.cases.emergencies import tell_who_answers
        from punte.cases.severity import GUEST
        from punte.people.signals import (
            consent_withdrawn,
            death_changed,
            emergency_asked,
            files_joined,
            files_parted,
            joining_files,
            sealed_person_moved,
        )

        hand_over(GUEST)
        death_changed.connect(_follow_death, dispatch_uid="cases_follow_death")
        joining_files.connect(_refuse_two_cases, dispatch_uid="cases_refuse_two")
        files_joined.connect(_follow_join, dispatch_uid="cases_follow_join")
        files_parted.connect(_follow_parting, dispatch_uid="cases_follow_parting")
        emergency_asked.connect(tell_who_answers, dispatch_uid="cases_tell_who_answers")
        consent_withdrawn.connect(_follow_withdrawal, dispatch_uid="cases_follow_withdrawal")
        sealed_person_moved.connect(_follow_move, dispatch_uid="cases_follow_sealed_person")


def _follow_move(*, household: Any, by: Any, **_named: Any) -> None:
    from punte.cases.actions.handing_over import end_behind_seal
    from punte.cases.actions.sealing import seal_around
    from punte.cases.refresh import refresh_sights
    from punte.people.sight import is_sealed_in

    seal_around(household, by=by)
    if is_sealed_in(household.pk):
        end_behind_seal([household.pk], by=by)
    refresh_sights(household, by=by)


def _follow_withdrawal(*, consent: Any, by: Any, **_named: Any) -> None:
    from punte.cases.actions.handing_over import end_with_consent

    end_with_consent(consent, by=by)


def _follow_death(*, person: Any, households: Iterable[Any], **_named: Any) -> None:
    from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
    from punte.cases.models import Case
    from punte.cases.refresh import refresh_severity

    homes = {home.pk: home for home in households}
    homes |= {case.household_id: case.household for case in Case.objects.filter(person=person, open=True)}
    for household in homes.values():
        cases = list(Case.objects.filter(household=household, open=True).select_for_update(no_key=True))
        refresh_severity(household, cases)
        refresh_deadlines_of(cases)


def _refuse_two_cases(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.cases.actions.open_case import refuse_two_open

    refuse_two_open(kept, joined)


def _follow_join(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.cases.joined_files import hold_places_again, name_the_kept

    hold_places_again(kept, joined, by=by)
    name_the_kept(kept=kept, joined=joined)


def _follow_parting(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.cases.joined_files import hold_places_again, name_each_again

    hold_places_again(kept, joined, by=by)
    name_each_again(kept=kept, joined=joined)
