from django.db import migrations


def in_their_order(apps, schema_editor):
    """Dimensions and codes stand as in the rows of numbers, whatever order the database gave them."""
    for table in apps.get_model("statistics", "PublishedTable").objects.all():
        left, coded = dict(table.coded), []
        for column in list(zip(*table.numbers, strict=True))[:-1]:
            seen = [code for code in dict.fromkeys(column) if code]
            name = next(name for name, codes in left.items() if set(seen) == set(codes))
            codes = left.pop(name)
            coded.append([name, [[code, codes[code]] for code in seen]])
        table.coded = coded
        table.save(update_fields=["coded"])


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_a_published_table")]

    operations = [
        migrations.RenameField("publishedtable", "codes", "coded"),
        migrations.RunPython(in_their_order, migrations.RunPython.noop),
    ]
