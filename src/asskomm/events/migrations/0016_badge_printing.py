# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="badge_printed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
