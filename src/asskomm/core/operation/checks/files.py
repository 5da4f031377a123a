# SPDX-License-Identifier: EUPL-1.2
"""Whether the files that are needed lie where they should."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from asskomm.core.operation.registry import NAMED_FILES, Finding

_SHOWN = 5


def static() -> Finding:
    """Whether browsers get what pages are made up with."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding.ok(_("Gestaltung und Schriften liegen bereit."))
    return Finding.fault(_("Gestaltung und Schriften fehlen."), _("Führen Sie „asskomm up --prepare-only“ aus."))


def named() -> Finding:
    """Look for every file that a row names."""
    paths = [path for give in NAMED_FILES for path in give()]
    missing = [path for path in paths if not (Path(settings.DATA_FOLDER) / path).is_file()]
    if not missing:
        return Finding.ok(_("Alle Dateien, die die Datenbank nennt, sind da."))
    text = _("Dateien fehlen: %(files)s.") % {"files": ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")}
    remedy = _("Holen Sie sie aus der letzten Sicherung. Auf mehreren Rechnern muss der Datenordner für alle derselbe sein.")
    return Finding.fault(text, remedy)
