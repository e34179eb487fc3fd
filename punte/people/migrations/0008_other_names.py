import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import punte.kernel.models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_letters_of_every_alphabet")]

    operations = [
        migrations.AlterField(
            "person", "family_name", models.CharField(blank=True, max_length=80, verbose_name="family name")
        ),
        migrations.AlterField(
            "person", "given_name", models.CharField(blank=True, max_length=80, verbose_name="given name")
        ),
        migrations.AddField(
            "person", "also_named", models.TextField(blank=True, default="", editable=False)
        ),
        migrations.CreateModel(
            name="OtherName",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=punte.kernel.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("former", "former name"),
                            ("nickname", "nickname"),
                            ("spelling", "other spelling"),
                        ],
                        max_length=20,
                    ),
                ),
                ("family_name", models.CharField(blank=True, max_length=80, verbose_name="family name")),
                ("given_name", models.CharField(blank=True, max_length=80, verbose_name="given name")),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind", "family_name", "given_name"),
                        name="an_other_name_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("family_name", ""), ("given_name", ""), _negated=True),
                        name="an_other_name_says_something",
                    ),
                ],
            },
        ),
    ]
