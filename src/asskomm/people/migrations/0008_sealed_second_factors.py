# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import migrations

from asskomm.core.installation.sealed import seal


def seal_known(apps: Any, _schema_editor: Any) -> None:
    """Encipher what codes are made of, which stood in the clear before."""
    for factor in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        factor.data |= {name: seal(factor.data[name]) for name in ("secret", "seed") if name in factor.data}
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_devices"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_known, migrations.RunPython.noop)]
