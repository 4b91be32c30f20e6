from django.db import migrations, models
from django.db.models.functions import Lower


def to_lower_case(apps, schema_editor):
    # No two differ by case alone: a constraint has always held that.
    apps.get_model("accounts", "User").objects.update(email=Lower("email"))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_user_sign_ins_ended_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'tally',
                'verbose_name_plural': 'tallies',
                'db_table': 'accounts_tally',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, editable=False, max_length=2),
        ),
        migrations.RunPython(to_lower_case, migrations.RunPython.noop),
    ]
