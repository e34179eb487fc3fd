from django.db import migrations

from punte.kernel.constraints import RenewTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_services_searched'),
    ]

    operations = [
        RenewTriggers('licence', 'one_licence_of_a_service_at_a_time'),
        RenewTriggers('statusperiod', 'one_status_of_a_service_at_a_time'),
    ]
