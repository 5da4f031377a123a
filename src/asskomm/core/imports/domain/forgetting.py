# SPDX-License-Identifier: EUPL-1.2
"""Verb: let nothing that says something about a person stay with a file that is done with."""

from django.utils.translation import gettext as _

from asskomm.core.imports.models import Batch
from asskomm.core.imports.table import SHAPE_FAULTS


def forget_persons(batch: Batch) -> None:
    """Blank first rows and rejected rows of a file with personal data; of its reasons those stay that name nothing out of the file."""
    if not batch.kind.personal:
        return
    batch.first_rows = []
    batch.save(update_fields=["first_rows"])
    lasting = [str(reason) for reason in (*SHAPE_FAULTS, *batch.kind.lasting_reasons)]
    batch.rejections.update(value="", nearest="")
    batch.rejections.exclude(reason__in=lasting).update(reason=_("Der Grund nannte Angaben aus der Datei und ist nach dem Übernehmen gelöscht."))
