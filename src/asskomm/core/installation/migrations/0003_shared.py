from django.db import migrations

from asskomm.core.installation.shared import make_tables


class Migration(migrations.Migration):
    dependencies = [("installation", "0002_maintenance")]
    operations = [migrations.RunPython(make_tables, migrations.RunPython.noop)]
