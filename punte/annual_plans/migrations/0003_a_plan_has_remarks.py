from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('annual_plans', '0002_a_point_may_say_only_its_detail'),
    ]

    operations = [
        migrations.RenameField(model_name='planversion', old_name='findings', new_name='remarks'),
    ]
