# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0017_badge_design"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="track",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="proposals", to="events.track"),
        ),
        migrations.AddField(
            model_name="reviewer",
            name="tracks",
            field=models.ManyToManyField(blank=True, related_name="+", to="events.track"),
        ),
    ]
