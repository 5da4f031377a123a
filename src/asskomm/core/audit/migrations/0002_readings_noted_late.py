# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="read_at",
            field=models.DateTimeField(blank=True, help_text="where reading was noted later than it happened, because the database was away", null=True),
        ),
    ]
