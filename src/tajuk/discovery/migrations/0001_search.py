"""The readers' search index, in each database's own kind of table."""

from django.db import migrations

from tajuk.discovery.search import CREATE, TABLE


def create(apps, editor):
    for statement in CREATE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(create, drop)]
