import django.db.models.deletion
import django.utils.timezone
import punte.kernel.encryption
import punte.kernel.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('devices', '0005_a_device_that_signed_out'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeftBehind',
            fields=[
                ('id', models.UUIDField(default=punte.kernel.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('entry', models.UUIDField()),
                ('household', models.UUIDField(db_index=True)),
                ('content', punte.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_behind', to='devices.device')),
            ],
            options={
                'ordering': ['created_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('device', 'entry'), name='left_behind_once')],
            },
        ),
    ]
