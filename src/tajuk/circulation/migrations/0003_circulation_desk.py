from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circulation", "0002_device_of_a_sign_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="CirculationDesk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "circulation desk",
                "verbose_name_plural": "circulation desk",
                "permissions": [
                    ("see_readers", "Can see readers, with their addresses and payments"),
                    ("serve_readers", "Can grant, extend and take back, cancel, and end sign-ins"),
                    ("refund_readers", "Can refund"),
                    ("see_figures", "Can see the figures"),
                    ("export_readers", "Can export readers, subscriptions and payments"),
                ],
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
