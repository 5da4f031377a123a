# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0019_attendance_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="gathering",
            name="plain_words",
            field=models.TextField(blank=True, default="", max_length=1500),
        ),
    ]
