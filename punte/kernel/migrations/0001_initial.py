from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Exclusion constraints over a key and a period need btree_gist; the operation does nothing on SQLite."""

    operations = [BtreeGistExtension()]
