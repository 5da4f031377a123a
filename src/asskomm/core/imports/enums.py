# SPDX-License-Identifier: EUPL-1.2
"""Where a file that is read in stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """From upload to live, and back."""

    READING = "reading", _("wird gelesen")
    READY = "ready", _("wartet auf Übernahme")
    REFUSED = "refused", _("nicht lesbar")
    COMMITTING = "committing", _("wird übernommen")
    LIVE = "live", _("übernommen")
    UNDOING = "undoing", _("wird rückgängig gemacht")
    UNDONE = "undone", _("rückgängig gemacht")
    DROPPED = "dropped", _("verworfen")


class Shape(models.TextChoices):
    """What kind of file it is, seen from outside."""

    TABLE = "table"
    ARCHIVE = "archive"
    GEOPACKAGE = "geopackage"
    JSON = "json"
