import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_initial'),
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SevereChild',
            fields=[
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='severe_child', serialize=False, to='people.household')),
                ('since', models.DateField()),
                ('covered', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['since', 'household'],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases_answered_for', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casedeadline',
            name='keeper',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='casedeadline',
            name='worker',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['keeper', 'open', 'responsible', 'regime'], name='workload_of_keeper'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['responsible', 'open', 'regime', 'severity'], name='workload_of_worker'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['keeper', 'open', 'team', 'responsible', 'regime'], name='workload_of_teams'),
        ),
        migrations.AddIndex(
            model_name='casedeadline',
            index=models.Index(condition=models.Q(('met_on', None)), fields=['worker', 'due_on'], name='deadlines_not_met_by_worker'),
        ),
        migrations.AddIndex(
            model_name='casedeadline',
            index=models.Index(condition=models.Q(('met_on', None)), fields=['keeper', 'worker', 'due_on'], name='deadlines_not_met_by_keeper'),
        ),
        migrations.AddField(
            model_name='severechild',
            name='keeper',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddIndex(
            model_name='severechild',
            index=models.Index(condition=models.Q(('covered', False)), fields=['keeper', 'since'], name='severe_children_without_case'),
        ),
    ]
