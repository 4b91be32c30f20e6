from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='readersession',
            name='desk_session',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='readersession',
            name='device',
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
