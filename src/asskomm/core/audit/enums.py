# SPDX-License-Identifier: EUPL-1.2
"""What can be done to an object."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What somebody did, as a participle."""

    CREATED = "created", _("angelegt")
    CHANGED = "changed", _("geändert")
    CONFIRMED = "confirmed", _("bestätigt")
    RELEASED = "released", _("freigegeben")
    ENDED = "ended", _("beendet")
    WITHDRAWN = "withdrawn", _("zurückgenommen")
    RESTORED = "restored", _("wiederhergestellt")
    TAKEN_OVER = "taken_over", _("übernommen")
    UNDONE = "undone", _("rückgängig gemacht")
    MERGED = "merged", _("zusammengeführt")
    REMOVED = "removed", _("entfernt")
    READ = "read", _("gelesen")
    FORGOTTEN = "forgotten", _("frühere Inhalte gelöscht")
