# SPDX-License-Identifier: EUPL-1.2
"""Forms of workshops: three wishes, and entering somebody who called."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.events.domain.choosing import MOST_WISHES
from asskomm.events.domain.queries.choices import Block
from asskomm.events.enums import RegistrationState
from asskomm.events.models import Registration, Session


class WishForm(forms.Form):
    """First, second and third wish among workshops that run side by side."""

    def __init__(self, block: Block) -> None:
        """Offer the workshops of the block, with what is named already."""
        super().__init__(auto_id=f"{block.options[0].part.reference}-%s")
        choices = [("", _("kein Wunsch")), *((option.part.reference, option.part.title) for option in block.options)]
        named = {option.rank: option.part.reference for option in block.wishes}
        for rank in range(1, MOST_WISHES + 1):
            label = _("%(rank)d. Wunsch") % {"rank": rank}
            self.fields[f"wish_{rank}"] = forms.ChoiceField(label=label, choices=choices, required=False, initial=named.get(rank, ""))


class EnterForm(forms.Form):
    """Who is entered."""

    who = forms.ModelChoiceField(label=gettext_lazy("Wer?"), queryset=Registration.objects.none(), to_field_name="reference", empty_label=None)

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        """Offer whoever has a place in the gathering and none in the session or its line."""
        super().__init__(*args, **kwargs)
        rows = Registration.objects.filter(gathering=session.gathering, state=RegistrationState.CONFIRMED, shredded=False)
        offered = rows.exclude(seats__session=session).select_related("gathering").order_by("name", "pk")
        self.fields["who"].queryset = offered  # type: ignore[attr-defined]
        self.fields["who"].label_from_instance = lambda row: ", ".join(filter(None, (row.name, row.organisation)))  # type: ignore[attr-defined]
