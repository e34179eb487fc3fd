import django.db.models.deletion
from django.db import migrations, models

REFERRAL = "referral"
SEALED = ("violence", "abuse")
# Of the nomenclature, what is for people who live through violence or trafficking.
VIOLENCE = ("8790 CR-VD", "8899 CZ-VD", "8790 CR-VTP", "8899 CZ-VTP", "8899 CZ-PN-VI")


def consents_of_referrals(apps, _editor):
    """Each referral kept the day of a consent; it becomes the row of one."""
    Referral = apps.get_model("cases", "Referral")
    Consent = apps.get_model("people", "Consent")
    referrals = Referral.objects.filter(consent=None).select_related("case", "service", "step__objective")
    batch = []
    for referral in referrals.only(
        "person", "organization", "consent_on", "by", "case__keeper", "service__code", "step__objective__compartment"
    ).iterator(chunk_size=1000):
        referral.consent = Consent(
            keeper_id=referral.case.keeper_id,
            person_id=referral.person_id,
            organization_id=referral.organization_id,
            purpose=REFERRAL,
            start=referral.consent_on,
            compartment=_part(referral),
            by_id=referral.by_id,
        )
        batch.append(referral)
        if len(batch) == 1000:
            _write(Referral, Consent, batch)
            batch = []
    _write(Referral, Consent, batch)


def _part(referral):
    if referral.step_id and referral.step.objective.compartment in SEALED:
        return referral.step.objective.compartment
    if referral.service_id and (referral.service.code_id or "").startswith(VIOLENCE):
        return "violence"
    return "general"


def _write(Referral, Consent, batch):
    Consent.objects.bulk_create([one.consent for one in batch])
    Referral.objects.bulk_update(batch, ["consent"])


def days_of_referrals(apps, _editor):
    """Back: the day alone; the consents go."""
    Referral = apps.get_model("cases", "Referral")
    for referral in Referral.objects.select_related("consent").iterator(chunk_size=1000):
        Referral.objects.filter(pk=referral.pk).update(consent_on=referral.consent.start)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_severity_known_so_far"),
        ("people", "0016_consents"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="people.consent",
            ),
        ),
        migrations.AlterField(model_name="referral", name="consent_on", field=models.DateField(null=True)),
        migrations.RunPython(consents_of_referrals, days_of_referrals),
        migrations.RemoveField(model_name="referral", name="consent_on"),
        migrations.AlterField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="people.consent"
            ),
        ),
    ]
