from typing import Any

from django.apps import AppConfig


class Gatherings(AppConfig):
    name = "punte.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """What is kept of who meets, and the tables of an extract; meetings follow deaths, joined files and cases."""
        from punte.accounts.guests import Guest, hand_over
        from punte.cases.signals import worker_followed
        from punte.gatherings.extract import tables
        from punte.gatherings.keeps import KEEPS
        from punte.gatherings.words import WORDS
        from punte.people.signals import death_changed, joining_files

        hand_over(Guest("meetings", extract=tables, keeps=KEEPS, words=WORDS))
        death_changed.connect(_follow_death, dispatch_uid="gatherings_follow_death")
        joining_files.connect(_name_once, dispatch_uid="gatherings_name_once")
        worker_followed.connect(_follow_work, dispatch_uid="gatherings_follow_work")


def _follow_death(*, person: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.following import follow_death

    follow_death(by=by, person=person)


def _name_once(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.gatherings.following import name_once

    name_once(kept=kept, joined=joined)


def _follow_work(*, case: Any, former: Any, later: Any, **_named: Any) -> None:
    from punte.gatherings.following import follow_work

    follow_work(case=case, former=former, later=later)
