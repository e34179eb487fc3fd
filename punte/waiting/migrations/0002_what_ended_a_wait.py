from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('waiting', '0001_waiting_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='waitingentry',
            name='ended_by',
            field=models.CharField(blank=True, choices=[('death', 'the person died'), ('join', 'two files were joined')], default='', max_length=10),
        ),
    ]
