# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0018_review_tracks"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="days",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="certificate",
            name="days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="certificate",
            name="hours",
            field=models.FloatField(blank=True, null=True),
        ),
    ]
