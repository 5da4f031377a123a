# SPDX-License-Identifier: EUPL-1.2
"""Verb: say how the badges of a gathering look."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import TRAIL
from asskomm.events.enums import Accent, ParticipantType
from asskomm.events.models import Gathering


@dataclass(frozen=True)
class BadgeDesign:
    """What stands on a badge beside the name, and how.

    Args:
        organisation: whether the organisation stands below the name.
        participant_type: whether it says for what somebody comes.
        line: what stands above the name; empty for the title of the gathering.
        code: whether there is the code for the door.
        large: whether names are set as large as fits.
        colours: for some types of participants a colour (key of `Accent`); it lies behind the words that say the type.
    """

    organisation: bool = True
    participant_type: bool = False
    line: str = ""
    code: bool = True
    large: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, object]:
        """What is not as usual."""
        usual = asdict(BadgeDesign())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @property
    def words(self) -> str:
        """All of it in one line, for the history."""
        said = [self.line, self._shown()]
        said += [f"{ParticipantType(kind).label}: {Accent(colour).label}" for kind, colour in sorted(self.colours.items())]
        return "; ".join(word for word in said if word)

    def _shown(self) -> str:
        names = {"organisation": _("Stelle"), "participant_type": _("Kommt für"), "code": _("Code"), "large": _("große Namen")}
        return ", ".join(label for name, label in names.items() if getattr(self, name))


def design_of(gathering: Gathering) -> BadgeDesign:
    """Give how the badges of a gathering look."""
    return BadgeDesign(**gathering.badge)


def design_badges(gathering: Gathering, design: BadgeDesign, *, by: Principal) -> Gathering:
    """Say how badges look from now on; those that are printed stay as they are. A second click changes nothing.

    Raises
    ------
        PermissionDenied: the reader does not organise this gathering.
    """
    require("events.change", by, gathering)
    with transaction.atomic():
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        if row.badge != design.kept:
            row.badge = design.kept
            row.save(update_fields=["badge"])
            record(TRAIL, [row], Action.CHANGED, by=by)
    return row
