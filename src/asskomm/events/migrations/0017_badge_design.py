# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0016_badge_printing"),
    ]

    operations = [
        migrations.AddField(
            model_name="gathering",
            name="badge",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
