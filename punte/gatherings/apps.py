from typing import Any

from django.apps import AppConfig


class Gatherings(AppConfig):
    name = "punte.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """What is kept of who meets, and the tables of an extract; all follow deaths, joined files and cases."""
        from punte.accounts.guests import Guest, hand_over
        from punte.cases.signals import cases_erased, worker_followed
        from punte.gatherings.erasing import follow_erasing
        from punte.gatherings.extract import tables
        from punte.gatherings.groups_guest import GROUPS
        from punte.gatherings.keeps import KEEPS
        from punte.gatherings.words import WORDS
        from punte.people.signals import consent_withdrawn, death_changed, files_parted, joining_files

        hand_over(GROUPS)
        hand_over(Guest("meetings", extract=tables, keeps=KEEPS, words=WORDS))
        death_changed.connect(_follow_death, dispatch_uid="gatherings_follow_death")
        joining_files.connect(_name_once, dispatch_uid="gatherings_name_once")
        files_parted.connect(_follow_parting, dispatch_uid="gatherings_follow_parting")
        consent_withdrawn.connect(_follow_withdrawal, dispatch_uid="gatherings_follow_withdrawal")
        cases_erased.connect(follow_erasing, dispatch_uid="gatherings_follow_erasing")
        worker_followed.connect(_follow_work, dispatch_uid="gatherings_follow_work")


def _follow_death(*, person: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions import following_groups
    from punte.gatherings.following import follow_death

    follow_death(by=by, person=person)
    following_groups.follow_death(by=by, person=person)


def _name_once(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions.following_groups import enrol_once
    from punte.gatherings.following import name_once

    name_once(kept=kept, joined=joined)
    enrol_once(by=by, kept=kept, joined=joined)


def _follow_parting(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions.following_groups import follow_parting

    follow_parting(by=by, kept=kept, joined=joined)


def _follow_work(*, case: Any, former: Any, later: Any, **_named: Any) -> None:
    from punte.gatherings.following import follow_work

    follow_work(case=case, former=former, later=later)


def _follow_withdrawal(*, consent: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions.following_groups import follow_withdrawal

    follow_withdrawal(by=by, consent=consent)
