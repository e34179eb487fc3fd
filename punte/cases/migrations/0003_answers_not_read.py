from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_workload'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='workload_of_keeper',
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('answered_at__isnull', False), ('seen_by_sender_at', None)), fields=['case'], name='answers_not_read'),
        ),
        migrations.RemoveIndex(
            model_name='casedeadline',
            name='deadlines_not_met_by_keeper',
        ),
        migrations.AddIndex(
            model_name='casedeadline',
            index=models.Index(condition=models.Q(('met_on', None)), fields=['keeper', 'due_on', 'worker'], name='deadlines_not_met_by_keeper'),
        ),
    ]
