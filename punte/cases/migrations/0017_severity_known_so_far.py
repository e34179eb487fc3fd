"""How severe cases were, as far as their visits tell, since each visit that found it so."""

import datetime as dt

from django.db import migrations

SEVERE_CHILD = "LEVEL_SEVERE"
_PORTION = 500


def write_rows(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    Period = apps.get_model("cases", "SeverityPeriod")
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _PORTION):
        cases = list(Case.objects.filter(pk__in=keys[start : start + _PORTION]))
        visits = _visits(apps, {case.household_id for case in cases})
        rows = [row for case in cases for row in _rows(Period, case, visits.get(case.household_id, []))]
        Period.objects.bulk_create(rows, batch_size=500)


def _visits(apps, households):
    """Of each household its visits by day, the last set of findings of each: what was found, of whom."""
    Set = apps.get_model("assessments", "FindingSet")
    Finding = apps.get_model("assessments", "Finding")
    sets = Set.objects.filter(assessment__household__in=households, assessment__pack__sets_severity=True)
    read = sets.order_by("assessment__visited_on", "assessment__submitted_at", "created_at")
    last = {}
    for pk, household, day in read.values_list("pk", "assessment__household", "assessment__visited_on"):
        last[household, day] = pk
    found = {}
    rows = Finding.objects.filter(finding_set__in=list(last.values())).order_by()
    for finding_set, person, code, severity in rows.values_list("finding_set", "person", "code", "severity"):
        found.setdefault(finding_set, []).append((person, code, severity))
    visits = {}
    for (household, day), finding_set in last.items():
        visits.setdefault(household, []).append((day, found.get(finding_set, [])))
    return visits


def _rows(Period, case, visits):
    rows = []
    for day, found in visits:
        own = [one for one in found if case.person_id in (None, one[0]) or one[0] is None]
        said = (max((severity for _, _, severity in own), default=0), any(one[1] == SEVERE_CHILD for one in own))
        _add(Period, case, rows, day, said)
    # What holds today may be otherwise, by a death or while a second person is asked; since when, nobody wrote down.
    if rows:
        _add(Period, case, rows, dt.date.today(), (case.severity, case.severe_child))
    return rows


def _add(Period, case, rows, day, said):
    if rows and (rows[-1].severity, rows[-1].severe_child) == said:
        return
    if rows and rows[-1].start >= day:
        rows[-1].severity, rows[-1].severe_child = said
        return
    if rows:
        rows[-1].end = day
    rows.append(Period(case=case, start=day, severity=said[0], severe_child=said[1]))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_severity_in_time"),
        ("assessments", "0005_scores"),
    ]

    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
