from django.db import migrations

from punte.kernel.constraints import RenewTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_trail_is_append_only'),
    ]

    operations = [
        RenewTriggers('appointment', 'one_appointment_per_role_at_a_time'),
    ]
