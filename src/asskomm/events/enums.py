# SPDX-License-Identifier: EUPL-1.2
"""Kinds of gatherings and of participants, and how a registration stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GatheringKind(models.TextChoices):
    """What sort of gathering it is."""

    CONFERENCE = "conference", _("Fachtag")
    NETWORK_MEETING = "network_meeting", _("Vernetzungstreffen")
    DIALOGUE = "dialogue", _("Dialog")
    COURSE = "course", _("Fortbildung")


class GatheringState(models.TextChoices):
    """How far it is."""

    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    CALLED_OFF = "called_off", _("abgesagt")


class ParticipantType(models.TextChoices):
    """On whose behalf somebody comes; contingents and figures go by it."""

    MUNICIPALITY = "municipality", _("Kommune")
    STATE_POLICE = "state_police", _("Landespolizei")
    FEDERAL_POLICE = "federal_police", _("Bundespolizei")
    ASSOCIATION = "association", _("Verein oder freier Träger")
    INITIATIVE = "initiative", _("bundesweite Initiative")
    SPEAKER = "speaker", _("mitwirkend")
    OTHER = "other", _("andere")


class RegistrationState(models.TextChoices):
    """How a registration stands."""

    HELD = "held", _("noch nicht bestätigt")
    CONFIRMED = "confirmed", _("angemeldet")
    WAITING = "waiting", _("auf der Warteliste")
    OFFERED = "offered", _("Platz angeboten")
    CANCELLED = "cancelled", _("abgemeldet")
    LAPSED = "lapsed", _("verfallen")


HOLDING = frozenset({RegistrationState.HELD, RegistrationState.CONFIRMED, RegistrationState.OFFERED})
"""States in which a registration takes a place."""
OPEN = HOLDING | {RegistrationState.WAITING}
"""States in which somebody is registered, with a place or in the line."""
