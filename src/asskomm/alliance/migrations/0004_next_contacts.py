# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0003_waves"),
        ("territory", "0003_imported_boundaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="NextContact",
            fields=[
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="next_contact", serialize=False, to="territory.municipality"
                    ),
                ),
                ("day", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                (
                    "rhythm",
                    models.PositiveSmallIntegerField(choices=[(3, "alle drei Monate"), (6, "alle sechs Monate"), (12, "alle zwölf Monate")], default=12),
                ),
                ("written_on", models.DateField()),
            ],
            options={
                "ordering": ("day", "municipality"),
                "indexes": [models.Index(fields=["day"], name="next_contact_by_day")],
            },
        ),
    ]
