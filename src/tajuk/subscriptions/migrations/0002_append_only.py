from django.db import migrations

from tajuk.subscriptions.append_only import operations


class Migration(migrations.Migration):

    dependencies = [
        ('subscriptions', '0001_initial'),
    ]

    operations = operations()
