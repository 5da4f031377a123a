# SPDX-License-Identifier: EUPL-1.2
"""Status layers, and who stands behind a reported event."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Layer(models.TextChoices):
    """What a municipality can be on a day; switches of the map, in the order in which they cover each other."""

    CONTACTED = "contacted", _("Kontakt aufgenommen")
    ADVISED = "advised", _("Beraten")
    MODEL = "model", _("Modellkommune")
    ANALYSIS = "analysis", _("Sicherheitsanalyse")
    COACHING = "coaching", _("Begleitendes Coaching")
    COUNCIL = "council", _("Kommunaler Präventionsrat")
    AGREEMENT = "agreement", _("Kooperationsvereinbarung")


class ReportedBy(models.TextChoices):
    """Whose matter the event is: this decides whether the state council may pass it on."""

    STATE_COUNCIL = "state_council", _("Eigenes Handeln des Landespräventionsrats")
    MUNICIPALITY = "municipality", _("Eigene Angelegenheit der Kommune")


class Confirmation(models.TextChoices):
    """Whether the state council has looked at it."""

    REPORTED = "reported", _("gemeldet")
    CONFIRMED = "confirmed", _("bestätigt")
