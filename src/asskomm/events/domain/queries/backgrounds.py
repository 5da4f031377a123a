# SPDX-License-Identifier: EUPL-1.2
"""For whom somebody speaks and on which level of the state, as far as her organisation says it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.enums import Level, ParticipantType
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Organisation


@dataclass(frozen=True)
class Background:
    """What figures count somebody by; empty is not known yet.

    Args:
        participant_type: on whose behalf she speaks (key of `ParticipantType`).
        level: of the state (key of `Level`).
    """

    participant_type: str = ""
    level: str = ""


_LEVELS: Mapping[str, Level] = {
    ParticipantType.MUNICIPALITY: Level.LOCAL,
    ParticipantType.STATE_POLICE: Level.STATE,
    ParticipantType.FEDERAL_POLICE: Level.FEDERAL,
    ParticipantType.INITIATIVE: Level.FEDERAL,
}
_STATE_POLICE = Background(ParticipantType.STATE_POLICE, Level.STATE)
_STATE = Background(ParticipantType.OTHER, Level.STATE)
_KINDS: Mapping[str, Background] = {
    OrganisationKind.STATE_COUNCIL: _STATE,
    OrganisationKind.MINISTRY: _STATE,
    OrganisationKind.MUNICIPALITY: Background(ParticipantType.MUNICIPALITY, Level.LOCAL),
    OrganisationKind.DISTRICT: Background(ParticipantType.OTHER, Level.DISTRICT),
    OrganisationKind.TOWN_ASSOCIATION: Background(ParticipantType.ASSOCIATION),
    OrganisationKind.POLICE_DIRECTORATE: _STATE_POLICE,
    OrganisationKind.POLICE_STATION: _STATE_POLICE,
    OrganisationKind.POLICE_PREVENTION: _STATE_POLICE,
    OrganisationKind.CRIMINAL_POLICE: _STATE_POLICE,
    OrganisationKind.FEDERAL_POLICE: Background(ParticipantType.FEDERAL_POLICE, Level.FEDERAL),
    OrganisationKind.SCHOOL: Background(ParticipantType.OTHER),
    OrganisationKind.ASSOCIATION: Background(ParticipantType.ASSOCIATION),
    OrganisationKind.COACHING: Background(ParticipantType.OTHER),
    OrganisationKind.INITIATIVE: Background(ParticipantType.INITIATIVE, Level.FEDERAL),
}


def background_of(organisation: str, participant_type: str, on: dt.date) -> Background:
    """Give what is known of somebody by what was said of her, else by the organisation of this name, else by the municipality that is meant.

    Args:
        organisation: for which she speaks, in words.
        participant_type: on whose behalf, where somebody said it.
        on: the day on which the names are looked for.
    """
    if participant_type:
        return Background(participant_type, _LEVELS.get(participant_type, ""))
    kind = Organisation.objects.filter(name__iexact=organisation.strip()).values_list("kind", flat=True).first() if organisation.strip() else None
    if kind is not None:
        return _KINDS[kind]
    return _KINDS[OrganisationKind.MUNICIPALITY] if recognised_place(organisation, on) else Background()
