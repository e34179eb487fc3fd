import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Wrong passwords are counted here from now on; what django-axes had written of addresses and names goes."""

    dependencies = [
        ('accounts', '0004_accounts_of_a_demonstration'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'address'), name='an_address_is_known_once_per_account'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['account', 'address'], name='failures_of_account'),
                    models.Index(fields=['address'], name='failures_of_address'),
                    models.Index(fields=['at'], name='failures_in_time'),
                ],
            },
        ),
        *(
            migrations.RunSQL(f'DROP TABLE IF EXISTS axes_{name}', migrations.RunSQL.noop)
            for name in ('accessattemptexpiration', 'accessattempt', 'accessfailurelog', 'accesslog')
        ),
    ]
