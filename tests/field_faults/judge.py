"""Reads what the tablets and the office remember of a schedule, and says what of it the record does not bear out."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from punte.accounts.models import TrailEntry
from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Intervention, Plan
from punte.fieldwork.conflicts import (
    AssessmentConflict,
    GuestConflict,
    HouseholdConflict,
    PlanConflict,
    conflict_of,
)
from punte.fieldwork.models import FieldConflict, FieldEntry, FieldFile, ReceivedForm
from punte.kernel.encryption import decrypt_bytes
from punte.people.models import Household
from punte.registers.models import Entry
from tests.field_faults.oracle import Draft, Event, Expected, Home, assess, change, plan, register

FIRST = {
    "locality": "Valea Mică",
    "address": "Str. Fântânii nr. 12",
    "phone": "0740 000 001",
    "safeContact": "Doar dimineața",
}
NAMES = {"agreed": "Dinu", "drafted": "Pop", "bare": "Șerban", "lone": "Țîrlea"}


class Judge:
    """One schedule in its town."""

    def __init__(self, town: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        self.town, self.told = town, told
        self.entries = {
            one["id"]: one | {"device": tablet["device"], "tablet": tablet["name"]}
            for tablet in told["tablets"]
            for one in tablet["entries"]
        }
        devices = [tablet["device"] for tablet in told["tablets"]]
        self.applied = {str(one.pk): one for one in FieldEntry.objects.filter(device__in=devices)}
        self.became = {str(one.given): str(one.record) for one in self.applied.values() if one.given}
        self.conflicts = {
            str(one.entry_id): one
            for one in FieldConflict.objects.filter(entry__device__in=devices).select_related("entry")
        }
        self.homes = {str(one.pk): one for one in Household.objects.filter(keeper=town["keeper"])}
        self.cases = {str(one.pk): one for one in Case.objects.filter(keeper=town["keeper"])}
        self.assessments = {
            str(one.pk): one
            for one in Assessment.objects.filter(household__keeper=town["keeper"])
            .defer("instance")
            .select_related("received")
            .prefetch_related("members")
            .order_by("created_at")
        }
        self.plans = {
            str(one.pk): one
            for one in Plan.objects.filter(case__keeper=town["keeper"]).prefetch_related("objectives")
        }
        self.interventions = list(Intervention.objects.filter(case__keeper=town["keeper"]))

    def complaints(self) -> Iterator[str]:
        """Everything that is not as it must be."""
        yield from self.told["trouble"]
        yield from self._entries()
        yield from self._nothing_twice()
        yield from self._files()
        yield from self._against_the_oracle()

    # ---- every entry is somewhere, once -----------------------------------------------------------------------

    def _entries(self) -> Iterator[str]:
        for key, one in self.entries.items():
            where, standing = self._name(one), one["standing"]
            if standing not in ("gone", "refused", "waits"):
                yield f"{where} still stands as {standing} on its device"
            if standing in ("refused", "waits") and not one["refusable"]:
                yield f"{where} was {standing}, for no reason of the schedule: {one['message']}"
            if standing == "refused" and not one["message"]:
                yield f"{where} stays on its device, refused without a reason"
            if standing == "gone" and not one["dropped"] and key not in self.applied:
                yield f"{where} is lost"
            if one["dropped"] and key in self.applied:
                yield f"{where} was dropped and is in the record"
            if standing in ("refused", "waits") and key in self.applied:
                yield f"{where} is in the record and still {standing} on its device: {one['message']}"
        for key, row in self.applied.items():
            if row.status == "conflict" and key not in self.conflicts:
                yield f"entry {key} has a conflict that is not in the queue"

    def _name(self, one: Mapping[str, Any]) -> str:
        return f"{one['tablet']}'s {one['kind']} {one['id']}"

    def _nothing_twice(self) -> Iterator[str]:
        notes = Counter(one.note for one in self.interventions)
        yield from (
            f"the intervention {note!r} is there {n} times" for note, n in notes.items() if note and n > 1
        )
        for key, one in self.entries.items():
            if one["kind"] != "intervention":
                continue
            *earlier, last = [body["note"] for body in one["bodies"]]
            if key in self.applied and notes[last] != 1:
                yield f"{self._name(one)} is in the record {notes[last]} times"
            if any(notes[note] for note in earlier if note != last):
                yield f"{self._name(one)} is in the record as it was before it was mended"
        forms = Counter(
            str(one.household)
            for one in ReceivedForm.objects.filter(
                device__in=[tablet["device"] for tablet in self.told["tablets"]]
            )
        )
        sent = Counter(str(row.household) for row in self.applied.values() if row.kind == "assessment")
        if forms != sent:
            yield f"forms {dict(forms)} for assessments {dict(sent)}"
        texts = Counter(
            (str(version.pk), each.text)
            for version in self.plans.values()
            for each in version.objectives.all()
            if "#" in each.text
        )
        yield from (f"objective {text} is there {n} times" for text, n in texts.items() if n > 1)
        made = {one["household"] for one in self.entries.values() if one["kind"] == "household_new"}
        known = {one["id"] for one in self.town["households"].values()}
        for key in self.homes:
            if key not in known and key not in made:
                yield f"nobody made the household {key}"
        opened = {
            str(one["bodies"][-1]["case"]) for one in self.entries.values() if one["kind"] == "case_open"
        }
        first = {case for one in self.town["households"].values() for case in one["cases"]}
        offices = {
            deed["told"].get("case") for deed in self.told["deeds"] if deed["done"] and deed["what"] == "open"
        }
        for key in self.cases:
            if key not in opened | first | offices:
                yield f"nobody opened the case {key}"

    def _files(self) -> Iterator[str]:
        digests = {key: value for tablet in self.told["tablets"] for key, value in tablet["files"].items()}
        kept = {str(one.pk): one for one in FieldFile.objects.filter(entry__in=list(self.applied))}
        for key, digest in digests.items():
            if key not in self.applied:
                continue
            row = kept.get(key)
            if row is None or row.whole_at is None:
                yield f"the file {key} did not arrive whole"
            elif _digest(decrypt_bytes(bytes(row.content))) != digest:
                yield f"the file {key} arrived otherwise"
            elif row.pieces.exists():
                yield f"the file {key} is whole and still has pieces"

    # ---- conflicts and fields ---------------------------------------------------------------------------------

    def _against_the_oracle(self) -> Iterator[str]:
        expected = self._expected()
        for key in expected.conflicts.keys() - self.conflicts.keys():
            yield f"{self._named(key)} should be a conflict: {expected.conflicts[key]}"
        for key in self.conflicts.keys() - expected.conflicts.keys():
            yield f"{self._named(key)} is a conflict and should be none: {conflict_of(self.conflicts[key])}"
        for key in self.conflicts.keys() & expected.conflicts.keys():
            told = _told(conflict_of(self.conflicts[key]))
            if told != expected.conflicts[key]:
                yield f"the conflict of {self._named(key)} says {told}, not {expected.conflicts[key]}"
        for key, home in expected.homes.items():
            stands = _fields(self.homes[key]) if key in self.homes else None
            if stands != home.fields:
                yield f"the household {key} says {stands}, not {home.fields}"
        written = {str(one.pk): one for one in Entry.objects.filter(keeper=self.town["keeper"])}
        for key in written.keys() ^ expected.entries.keys():
            yield f"the entry of a register {key} is on one side only"
        for key in written.keys() & expected.entries.keys():
            one, meant = written[key], expected.entries[key]
            stands = (json.loads(one.texts)["note"], one.revision, one.revisions.count())  # type: ignore[attr-defined]
            if stands != (meant.says, meant.revision, meant.revision):
                yield f"the entry of a register {key} says {stands}, not {meant}"
        for case in self.cases:
            draft = next(
                (
                    one
                    for one in self.plans.values()
                    if str(one.case_id) == case and one.status == PlanStatus.DRAFT
                ),
                None,
            )
            says = (
                [one.text for one in sorted(draft.objectives.all(), key=lambda one: one.position)]
                if draft
                else None
            )
            meant = expected.drafts.get(case)
            if says != (meant.objectives if meant else None):
                yield f"the draft of case {case} says {says}, not {meant}"

    def _named(self, key: str) -> str:
        return self._name(self.entries[key]) if key in self.entries else f"entry {key}"

    def _expected(self) -> Expected:
        expected = Expected()
        began = dt.datetime.fromisoformat(self.town["began"])
        answers = {key: _answers(one) for key, one in self.assessments.items()}
        for name, home in self.town["households"].items():
            start = Home({"name": NAMES[name], "siruta": self.town["place"], **FIRST})
            start.assessments = [
                (key, "") for key, one in self.assessments.items()
                if str(one.household_id) == home["id"] and one.created_at < began
            ]  # fmt: skip
            expected.homes[home["id"]] = start
        drafted = self.town["households"]["drafted"]["cases"][0]
        first = self.town["first_draft"]
        expected.drafts[drafted] = Draft(first["plan"], first["revision"], "", list(first["objectives"]))
        for event in self._events():
            home = expected.homes.setdefault(event.household, Home())
            if event.kind == "household_new":
                home.fields = dict(event.body)
            elif event.kind == "household_change":
                change(home, event, expected)
            elif event.kind == "assessment":
                assess(home, event, expected, answers)
            elif event.kind == "plan":
                plan(event, expected)
            elif event.kind == "register":
                register(event, expected)
            elif event.kind == "office":
                _office(event, expected)
        return expected

    def _events(self) -> list[Event]:
        lines = TrailEntry.objects.filter(verb="apply_entry", subject__in=list(self.applied))
        order = {str(subject): pk for pk, subject in lines.values_list("pk", "subject")}
        events = []
        for key, row in self.applied.items():
            body = self._body(key, row)
            if body is not None:
                events.append(Event(order[key], str(row.device_id), key, row.kind, str(row.household), body))
        changed = dict(
            TrailEntry.objects.filter(pk__in=[one["told"]["trail"] for one in self.told["deeds"] if one["done"]])
            .values_list("pk", "changes")
        )  # fmt: skip
        for deed in self.told["deeds"]:
            if deed["done"]:
                line = deed["told"]["trail"]
                body = deed["told"] | {"what": deed["what"], "changed": changed[line].get("fields", [])}
                events.append(Event(line, "", "", "office", deed["household"], body))
        return sorted(events, key=lambda event: event.order)

    def _body(self, key: str, row: FieldEntry) -> dict[str, Any] | None:
        known = self.entries.get(key)
        if known is None:
            return None
        body = dict(known["bodies"][-1])
        if row.kind == "assessment":
            body["assessment"] = str(row.record)
        if row.kind == "register":
            body["note"] = body["values"]["note"]
        if row.kind == "plan":
            body["record"] = str(row.record)
            body["case"] = self.became.get(body["case"], body["case"])
        return body


_IN_WIRE = {"safe_contact": "safeContact", "uat": "siruta"}


def _office(event: Event, expected: Expected) -> None:
    body = event.body
    if body["what"] == "change":
        for name in body["changed"]:
            named = _IN_WIRE.get(name, name)
            expected.homes[event.household].fields[named] = body["fields"][named]
    elif body["what"] == "assess":
        expected.homes[event.household].assessments.append((body["assessment"], ""))
    elif body["what"] == "correct":
        register(event, expected)
    elif body["what"] in ("draft", "edit"):
        expected.drafts[body["case"]] = Draft(body["plan"], body["revision"], "", body["says"])
    elif body["what"] in ("adopt", "discard"):
        expected.drafts[body["case"]] = None


def _fields(home: Household) -> dict[str, Any]:
    return {
        "name": home.name,
        "siruta": home.uat_id,
        "locality": home.locality,
        "address": home.address,
        "phone": home.phone,
        "safeContact": home.safe_contact,
    }


def _answers(assessment: Assessment) -> Any:
    return [
        assessment.facts,
        sorted((str(one.person_id), str(one.facts)) for one in assessment.members.all()),
    ]


def _told(conflict: Any) -> Any:
    if isinstance(conflict, HouseholdConflict):
        return dict(conflict.fields)
    if isinstance(conflict, GuestConflict):
        return conflict.mine["values"]["note"]
    if isinstance(conflict, PlanConflict):
        return [one.text for one in conflict.mine]
    assert isinstance(conflict, AssessmentConflict)
    return str(conflict.theirs)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
