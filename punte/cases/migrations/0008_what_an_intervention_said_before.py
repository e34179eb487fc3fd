import django.db.models.deletion
import django.utils.timezone
import punte.kernel.encryption
import punte.kernel.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_the_soonest_term'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InterventionBefore',
            fields=[
                ('id', models.UUIDField(default=punte.kernel.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('why', punte.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('said', punte.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intervention', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='before', to='cases.intervention')),
            ],
            options={
                'ordering': ['-created_at', '-id'],
            },
        ),
    ]
