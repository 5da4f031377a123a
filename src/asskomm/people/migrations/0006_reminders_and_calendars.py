# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import asskomm.core.references


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_functions_and_profiles"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(default=asskomm.core.references.new_reference, max_length=12, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("account", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feed", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deadline", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("months", models.PositiveSmallIntegerField()),
                ("written_at", models.DateTimeField()),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("day", "pk"),
                "constraints": [models.UniqueConstraint(fields=("deadline", "day", "months", "account"), name="reminder_once")],
            },
        ),
    ]
