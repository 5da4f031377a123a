# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_one_time_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, default="", help_text="mailbox of an office, not of a person", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("website", models.URLField(blank=True, default="")),
                ("introduction", models.TextField(blank=True, default="", max_length=600)),
                ("released", models.JSONField(blank=True, default=dict)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="function",
            name="deputy",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="stands_in_for", to="people.person"),
        ),
        migrations.AddField(
            model_name="function",
            name="funded_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="function",
            name="share",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=3, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="people.person"),
        ),
        migrations.AlterField(
            model_name="function",
            name="role",
            field=models.CharField(
                choices=[
                    ("coordinator", "Koordinator/in"),
                    ("mayor", "Bürgermeister/in"),
                    ("police", "Polizei"),
                    ("district", "Landkreis"),
                    ("coach", "Coach"),
                    ("partner", "Ansprechpartner/in"),
                    ("state_council", "Landespräventionsrat"),
                    ("administrator", "Administrator/in"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("state_council", "Landespräventionsrat"),
                    ("ministry", "Ministerium"),
                    ("municipality", "Kommune"),
                    ("district", "Landkreis"),
                    ("town_association", "Städtebund/Verband"),
                    ("police_directorate", "Polizeidirektion"),
                    ("police_station", "Polizeirevier"),
                    ("police_prevention", "Fachdienst Prävention"),
                    ("federal_police", "Bundespolizei"),
                    ("criminal_police", "Landeskriminalamt"),
                    ("school", "Schule"),
                    ("association", "Verein/freier Träger"),
                    ("coaching", "Coaching-Institut"),
                    ("initiative", "Bundesweite Initiative"),
                ],
                db_index=True,
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="function",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__isnull", True), models.Q(("share__gt", 0), ("share__lte", 1)), _connector="OR"), name="function_share_of_a_post"
            ),
        ),
        migrations.AddConstraint(
            model_name="function",
            constraint=models.CheckConstraint(
                condition=models.Q(("deputy__isnull", True), models.Q(("deputy", models.F("person")), _negated=True), _connector="OR"),
                name="function_deputy_is_another",
            ),
        ),
        migrations.AddField(
            model_name="profile",
            name="organisation",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="profile", to="people.organisation"),
        ),
    ]
