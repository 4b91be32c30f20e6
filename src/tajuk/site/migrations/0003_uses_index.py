"""“Where is it used?” stands on every edit screen, and SQLite read the whole reference index for it.

Measured at a million stories: 1.1 s without this index, under a millisecond with it. PostgreSQL keeps statistics
and uses the index that Wagtail has.
"""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS reference_by_what_is_used ON wagtailcore_referenceindex "
            "(to_content_type_id, to_object_id, base_content_type_id, object_id)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX IF EXISTS reference_by_what_is_used")


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0002_search_indexes"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make, drop)]
