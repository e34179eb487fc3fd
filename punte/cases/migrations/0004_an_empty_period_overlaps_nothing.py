from django.db import migrations

from punte.kernel.constraints import RenewTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_answers_not_read'),
    ]

    operations = [
        RenewTriggers('caseepisode', 'one_open_episode_per_case'),
        RenewTriggers('caseteammember', 'once_in_a_case_team_at_a_time'),
        RenewTriggers('regimeperiod', 'one_open_regime_per_case'),
        RenewTriggers('responsibility', 'one_responsible_worker_per_case'),
    ]
