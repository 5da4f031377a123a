# SPDX-License-Identifier: EUPL-1.2

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0002_terms"),
        ("library", "0001_initial"),
        ("people", "0008_sealed_second_factors"),
        ("territory", "0003_imported_boundaries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("only", models.BooleanField(default=True, unique=True)),
                ("key", models.CharField(max_length=40)),
                ("leaving", models.BooleanField()),
                ("account", models.BigIntegerField(blank=True, null=True)),
                ("kept_until", models.DateTimeField()),
                ("turned_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="countchange",
            name="count_change_once_a_day",
        ),
        migrations.RemoveIndex(
            model_name="countchange",
            name="count_sum",
        ),
        migrations.AddField(
            model_name="countchange",
            name="side",
            field=models.PositiveSmallIntegerField(choices=[(0, "Always"), (1, "Before"), (2, "After")], db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="event",
            name="side",
            field=models.PositiveSmallIntegerField(choices=[(0, "Always"), (1, "Before"), (2, "After")], db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="statusinterval",
            name="side",
            field=models.PositiveSmallIntegerField(choices=[(0, "Always"), (1, "Before"), (2, "After")], db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(fields=["audience", "documented", "figure", "day", "change", "side"], name="count_sum_of_sides"),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(condition=models.Q(("side", 0), _negated=True), fields=["side"], name="count_on_a_side"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("side", 0), _negated=True), fields=["side"], name="event_on_a_side"),
        ),
        migrations.AddIndex(
            model_name="statusinterval",
            index=models.Index(condition=models.Q(("side", 0), _negated=True), fields=["side", "municipality"], name="status_on_a_side"),
        ),
        migrations.AddConstraint(
            model_name="countchange",
            constraint=models.UniqueConstraint(fields=("audience", "documented", "figure", "day", "side"), name="count_change_once_a_day_and_side"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(condition=models.Q(("only", True)), name="one_wave_at_a_time"),
        ),
    ]
