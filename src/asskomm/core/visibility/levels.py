# SPDX-License-Identifier: EUPL-1.2
"""The four levels of visibility, narrowest first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """For whom an object is visible."""

    PRIVATE = "private", _("nur die eigene Organisation")
    PARTNERS = "partners", _("genannte Partner")
    ALLIANCE = "alliance", _("alle Mitglieder der Allianz")
    PUBLIC = "public", _("öffentlich")
