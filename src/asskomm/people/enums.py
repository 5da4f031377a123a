# SPDX-License-Identifier: EUPL-1.2
"""Kinds of organisations, of relations between them, of functions, and what a program may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from asskomm.core.visibility import Role


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    STATE_COUNCIL = "state_council", _("Landespräventionsrat")
    MINISTRY = "ministry", _("Ministerium")
    MUNICIPALITY = "municipality", _("Kommune")
    DISTRICT = "district", _("Landkreis")
    TOWN_ASSOCIATION = "town_association", _("Städtebund/Verband")
    POLICE_DIRECTORATE = "police_directorate", _("Polizeidirektion")
    POLICE_STATION = "police_station", _("Polizeirevier")
    POLICE_PREVENTION = "police_prevention", _("Fachdienst Prävention")
    FEDERAL_POLICE = "federal_police", _("Bundespolizei")
    CRIMINAL_POLICE = "criminal_police", _("Landeskriminalamt")
    SCHOOL = "school", _("Schule")
    ASSOCIATION = "association", _("Verein/freier Träger")
    COACHING = "coaching", _("Coaching-Institut")
    INITIATIVE = "initiative", _("Bundesweite Initiative")


OF_PLACES = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.DISTRICT})
"""Kinds whose organisations follow from the official register; all others are entered."""
OF_THE_STATE = frozenset({OrganisationKind.STATE_COUNCIL, OrganisationKind.MINISTRY})
"""Kinds of which a state has few, so that nobody adds one in passing."""
RUN_BY_SOMEBODY = frozenset({OrganisationKind.STATE_COUNCIL, OrganisationKind.MUNICIPALITY, OrganisationKind.DISTRICT, OrganisationKind.TOWN_ASSOCIATION})
"""Kinds in which somebody holds a function that runs the house, so that coaches and contact persons are guests there."""
RUNS_A_HOUSE = (Role.COORDINATOR, Role.MAYOR, Role.DISTRICT, Role.STATE_COUNCIL)
"""Functions that run the house in which they are held."""


class RelationKind(models.TextChoices):
    """How one organisation stands to another."""

    PART_OF = "part_of", _("gehört zu")
    MEMBER_OF = "member_of", _("ist Mitglied von")
    COMPETENT_FOR = "competent_for", _("ist zuständig für")


class FunctionRole(models.TextChoices):
    """What a person does in an organisation; her rights follow from it."""

    COORDINATOR = Role.COORDINATOR, _("Koordinator/in")
    MAYOR = Role.MAYOR, _("Bürgermeister/in")
    POLICE = Role.POLICE, _("Polizei")
    DISTRICT = Role.DISTRICT, _("Landkreis")
    COACH = Role.COACH, _("Coach")
    PARTNER = Role.PARTNER, _("Ansprechpartner/in")
    STATE_COUNCIL = Role.STATE_COUNCIL, _("Landespräventionsrat")
    ADMINISTRATOR = Role.ADMINISTRATOR, _("Administrator/in")


class Scope(models.TextChoices):
    """What of her rights somebody hands to a program."""

    READ = "read", _("Lesen, was ich lesen darf")
    IMPORT = "import", _("Dateien einlesen und Anmeldungen eintragen")


class LinkPurpose(models.TextChoices):
    """What a one-time link is for."""

    SIGN_IN = "sign_in", _("Einloggen")
    INVITATION = "invitation", _("Einladung")
    FIRST_ADMINISTRATOR = "first_administrator", _("Ersteinrichtung")
