import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

import punte.kernel.constraints
import punte.kernel.encryption
import punte.kernel.models


def make_rows(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A row for each seal that stands: from the trail, where it tells who sealed the case, when and why."""
    seals = apps.get_model("cases", "CaseSeal").objects
    trail = apps.get_model("accounts", "TrailEntry").objects
    for case in apps.get_model("cases", "Case").objects.filter(sealed=True).iterator():
        lines = trail.filter(keeper=case.keeper_id, household=case.household_id, subject=case.pk)
        sealed = lines.filter(verb="seal_case").order_by("-at", "-pk").first()
        # Of a household that was sealed already, a new case was sealed as it was opened.
        begun = sealed or lines.filter(verb="open_case", sealed=True).order_by("at", "pk").first()
        seals.create(
            case=case,
            start=timezone.localdate(begun.at if begun else case.created_at),
            by_id=begun.actor_id if begun else None,
            reason=sealed.reason if sealed else "",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_accounts_of_a_demonstration"),
        ("cases", "0004_an_empty_period_overlaps_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSeal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=punte.kernel.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
                ("start", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
                ("reason", punte.kernel.encryption.EncryptedTextField(blank=True, default="")),
                ("ended_reason", punte.kernel.encryption.EncryptedTextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seals", to="cases.case"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["start"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end", None), ("end__gte", models.F("start")), _connector="OR"),
                        name="caseseal_ends_after_it_starts",
                    ),
                    punte.kernel.constraints.NoOverlap(key=("case",), name="one_seal_of_a_case_at_a_time"),
                ],
            },
        ),
        migrations.RunPython(make_rows, migrations.RunPython.noop, elidable=True),
    ]
