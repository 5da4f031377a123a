# SPDX-License-Identifier: EUPL-1.2
"""On whose behalf somebody speaks may be unknown; it was "other" before, also where nobody had said anything."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models


def forget_what_nobody_said(apps: Apps, _editor: Any) -> None:
    """Take back what stood there by itself."""
    apps.get_model("events", "Speaker").objects.filter(participant_type="other", level="", organisation="").update(participant_type="")


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0020_plain_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="speaker",
            name="participant_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("municipality", "Kommune"),
                    ("state_police", "Landespolizei"),
                    ("federal_police", "Bundespolizei"),
                    ("association", "Verein oder freier Träger"),
                    ("initiative", "bundesweite Initiative"),
                    ("speaker", "mitwirkend"),
                    ("other", "andere"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.RunPython(forget_what_nobody_said, migrations.RunPython.noop, elidable=True),
    ]
