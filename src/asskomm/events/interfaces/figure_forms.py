# SPDX-License-Identifier: EUPL-1.2
"""The form for numbers that were counted by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.counting_by_hand import Counted
from asskomm.events.enums import ParticipantType
from asskomm.events.models import Gathering, HeadCount

_MOST = 20_000


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=_MOST)


class HandCountForm(WatchingForm):
    """How many came, by type as far as it was counted, and from how many municipalities."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each type."""
        super().__init__(*args, **kwargs)
        for kind in ParticipantType:
            self.fields[kind.value] = _number(kind.label)
        self.fields["participants"] = _number(_("Menschen insgesamt"), _("Leer heißt: so viele, wie die Zahlen darüber ergeben."))
        self.fields["municipalities"] = _number(_("Zahl der Kommunen"), _("Für wie viele verschiedene Kommunen jemand da war"))

    @property
    def counted(self) -> Counted:
        """What was entered."""
        data = self.cleaned_data
        by_type = {kind.value: data[kind.value] for kind in ParticipantType if data[kind.value]}
        return Counted(by_type, data["participants"], data["municipalities"])


def initial_count(gathering: Gathering) -> dict[str, object]:
    """Give what the form shows: what was entered before, all together only where it is more than the types add up to."""
    found = HeadCount.objects.filter(gathering=gathering).first()
    if found is None:
        return {}
    by_type = dict(gathering.attendance_counts.values_list("participant_type", "came"))
    together = None if sum(by_type.values()) == found.participants else found.participants
    return {**by_type, "participants": together, "municipalities": found.municipalities}
