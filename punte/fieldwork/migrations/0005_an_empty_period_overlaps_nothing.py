from django.db import migrations

from punte.kernel.constraints import RenewTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('fieldwork', '0004_the_assessment_that_the_device_knew'),
    ]

    operations = [
        RenewTriggers('fieldpermit', 'one_field_permit_per_case'),
    ]
