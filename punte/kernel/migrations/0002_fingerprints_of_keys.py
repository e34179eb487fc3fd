from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyFingerprint',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
    ]
