from django.db import migrations

from punte.kernel.constraints import RenewTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_revision_of_a_household'),
    ]

    operations = [
        RenewTriggers('membership', 'one_household_per_person_at_a_time'),
    ]
