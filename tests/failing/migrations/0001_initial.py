from django.db import migrations, models


def change_and_fail(apps, schema_editor):  # noqa: ANN001, ANN201 -- as makemigrations writes them
    apps.get_model("alliance", "Event").objects.all().delete()
    raise ValueError("mit Absicht")


class Migration(migrations.Migration):
    dependencies = [("alliance", "0001_initial"), ("installation", "0002_maintenance"), ("jobs", "0002_workers"), ("backup", "0001_initial")]
    operations = [
        migrations.CreateModel("Toy", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(change_and_fail),
    ]
