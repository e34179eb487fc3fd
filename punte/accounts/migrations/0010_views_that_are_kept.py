import django.db.models.deletion
import django.utils.timezone
import punte.kernel.encryption
import punte.kernel.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_mail_to_where_it_was_queued'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptView',
            fields=[
                ('id', models.UUIDField(default=punte.kernel.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('listing', models.CharField(max_length=40)),
                ('name', punte.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('asked', punte.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='KeptRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.UUIDField()),
                ('remark', punte.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='accounts.keptview')),
            ],
            options={'ordering': ['pk']},
        ),
        migrations.AddIndex(
            model_name='keptview',
            index=models.Index(fields=['user', 'listing'], name='views_kept_of_a_list'),
        ),
        migrations.AddConstraint(
            model_name='keptrow',
            constraint=models.UniqueConstraint(fields=('view', 'row'), name='a_row_once_in_a_view'),
        ),
    ]
