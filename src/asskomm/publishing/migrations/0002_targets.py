# SPDX-License-Identifier: EUPL-1.2

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.SlugField(max_length=40)),
                ("day", models.DateField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=16)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "ordering": ("day", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("figure", "day"), name="target_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("value__gte", Decimal(0))), name="target_not_negative"),
                ],
            },
        ),
    ]
