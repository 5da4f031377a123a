# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_targets"),
    ]

    operations = [
        migrations.AddField(
            model_name="presssheet",
            name="background",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="presssheet",
            name="contact",
            field=models.TextField(blank=True, default=""),
        ),
    ]
