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


class Rhythm(models.TextChoices):
    """How often something takes place."""

    WEEKLY = "weekly", _("jede Woche")
    FORTNIGHTLY = "fortnightly", _("alle zwei Wochen")
    MONTHLY = "monthly", _("jeden Monat am selben Wochentag, zum Beispiel am ersten Mittwoch")


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


class SessionKind(models.TextChoices):
    """What sort of session it is."""

    PLENARY = "plenary", _("Plenum")
    TALK = "talk", _("Vortrag")
    WORKSHOP = "workshop", _("Workshop")
    PANEL = "panel", _("Podium")
    BREAK = "break", _("Pause")


class InvitationState(models.TextChoices):
    """How somebody who is asked to contribute has answered."""

    INVITED = "invited", _("noch keine Antwort")
    ACCEPTED = "accepted", _("zugesagt")
    DECLINED = "declined", _("abgesagt")
    WITHDRAWN = "withdrawn", _("zurückgenommen")


class StandKind(models.TextChoices):
    """What somebody shows."""

    STAND = "stand", _("Infostand")
    POSTER = "poster", _("Poster")


class StandState(models.TextChoices):
    """How an application for a stand or a poster stands."""

    APPLIED = "applied", _("noch nicht entschieden")
    ACCEPTED = "accepted", _("zugesagt")
    REFUSED = "refused", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


class ProposalState(models.TextChoices):
    """How far a proposal is."""

    DRAFT = "draft", _("Entwurf")
    SUBMITTED = "submitted", _("eingereicht")
    ACCEPTED = "accepted", _("angenommen")
    WAITING = "waiting", _("auf der Nachrückliste")
    REFUSED = "refused", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


class Score(models.IntegerChoices):
    """How well a proposal fits the gathering."""

    NOT = 0, _("0 – passt nicht")
    LITTLE = 1, _("1 – passt kaum")
    WELL = 2, _("2 – passt gut")
    VERY_WELL = 3, _("3 – passt sehr gut")


class Level(models.TextChoices):
    """For which level of the state somebody speaks."""

    LOCAL = "local", _("Kommune")
    DISTRICT = "district", _("Landkreis")
    STATE = "state", _("Land")
    FEDERAL = "federal", _("Bund")
    INTERNATIONAL = "international", _("Ausland")


class Ask(models.TextChoices):
    """What a registration asks beside name, address and on whose behalf somebody comes."""

    MEAL = "meal", _("Was möchten Sie essen?")
    NEEDS = "needs", _("Was brauchen Sie, um gut teilnehmen zu können?")
    TRAVEL = "travel", _("Wie reisen Sie an?")
    LISTING = "listing", _("Darf der Name auf der Liste der Teilnehmenden stehen?")
    COMPANIONS = "companions", _("Bringen Sie andere mit?")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", _("mit eigenen Worten")
    CHOICE = "choice", _("eine Antwort zur Wahl")
    YES_NO = "yes_no", _("ja oder nein")


class Meal(models.TextChoices):
    """What somebody eats."""

    ANYTHING = "anything", _("alles")
    VEGETARIAN = "vegetarian", _("vegetarisch")
    VEGAN = "vegan", _("vegan")
    NOTHING = "nothing", _("nichts, danke")


class Travel(models.TextChoices):
    """How somebody comes."""

    PUBLIC = "public", _("Bahn oder Bus")
    CAR = "car", _("Auto")
    CAR_WITH_ROOM = "car_with_room", _("Auto, kann jemanden mitnehmen")
    LIFT_WANTED = "lift_wanted", _("sucht eine Mitfahrgelegenheit")
    ON_FOOT = "on_foot", _("zu Fuß oder mit dem Rad")


class RegistrationState(models.TextChoices):
    """How a registration stands."""

    HELD = "held", _("noch nicht bestätigt")
    CONFIRMED = "confirmed", _("angemeldet")
    WAITING = "waiting", _("auf der Warteliste")
    OFFERED = "offered", _("Platz angeboten")
    CANCELLED = "cancelled", _("abgemeldet")
    REFUSED = "refused", _("abgelehnt")
    LAPSED = "lapsed", _("verfallen")


class Accent(models.TextChoices):
    """Colours of badges, by names that say which they are; each is dark or light enough for the words on it."""

    GREEN = "green", _("grün")
    BLUE = "blue", _("blau")
    RED = "red", _("rot")
    PURPLE = "purple", _("lila")
    BROWN = "brown", _("braun")
    YELLOW = "yellow", _("gelb")
    GREY = "grey", _("grau")


class CountedBy(models.TextChoices):
    """How it is known who came."""

    DOOR = "door", _("gezählt, wer da war")
    REGISTRATIONS = "registrations", _("nach Anmeldungen, am Einlass wurde nicht gezählt")
    HAND = "hand", _("von Hand gezählt")
    NOBODY = "nobody", _("nicht gezählt")


POLICE = frozenset({ParticipantType.STATE_POLICE, ParticipantType.FEDERAL_POLICE})
"""Types with a police background."""
HOLDING = frozenset({RegistrationState.HELD, RegistrationState.CONFIRMED, RegistrationState.OFFERED})
"""States in which a registration takes a place."""
OPEN = HOLDING | {RegistrationState.WAITING}
"""States in which somebody is registered, with a place or in the line."""


class SeatState(models.TextChoices):
    """How somebody's place in a workshop stands."""

    SEATED = "seated", _("dabei")
    WAITING = "waiting", _("auf der Warteliste")
    OFFERED = "offered", _("Platz angeboten")


SEAT_HOLDING = frozenset({SeatState.SEATED, SeatState.OFFERED})
"""States in which somebody takes a place in a workshop."""


class Answer(models.TextChoices):
    """Whether somebody can come."""

    YES = "yes", _("ja")
    MAYBE = "maybe", _("vielleicht")
    NO = "no", _("nein")


class Rating(models.IntegerChoices):
    """How somebody found it; the first two count as satisfied."""

    VERY_GOOD = 1, _("sehr gut")
    GOOD = 2, _("gut")
    MIDDLING = 3, _("mittel")
    POOR = 4, _("schlecht")
    VERY_POOR = 5, _("sehr schlecht")


SATISFIED = frozenset({Rating.VERY_GOOD, Rating.GOOD})
"""Ratings that count as satisfied."""
