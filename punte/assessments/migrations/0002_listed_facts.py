import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('assessments', '0001_initial'),
        ('organizations', '0001_initial'),
        ('people', '0014_found_by_address_and_phone'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListedFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('choice', models.CharField(blank=True, max_length=40)),
                ('number', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('compartment', models.CharField(choices=[('general', 'General'), ('health', 'Health'), ('education', 'Education'), ('legal', 'Legal'), ('violence', 'Violence'), ('abuse', 'Abuse')], max_length=10)),
                ('assessment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assessments.assessment')),
                ('household', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.household')),
                ('keeper', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['household', 'name', 'person'], name='listed_facts_of_household'), models.Index(fields=['keeper', 'name', 'choice', 'household'], name='listed_facts_by_answer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('compartment__in', ['abuse', 'violence']), _negated=True), name='no_list_tells_of_violence'), models.CheckConstraint(condition=models.Q(('choice', ''), ('number', None), _connector='OR'), name='a_listed_fact_has_one_value')],
            },
        ),
    ]
