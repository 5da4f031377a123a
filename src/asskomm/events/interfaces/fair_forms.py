# SPDX-License-Identifier: EUPL-1.2
"""Forms of whoever organises stands and posters: how many, how the hall is, who stands where."""

from django import forms
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.fairs import MOST_ACROSS, Offer
from asskomm.events.domain.queries.stands import accepted_stands
from asskomm.events.enums import StandKind
from asskomm.events.models import Fair, Stand


class OfferForm(WatchingForm):
    """What there is to apply for."""

    stands = forms.IntegerField(label=gettext_lazy("Für wie viele Infostände ist Platz?"), min_value=0, max_value=500)
    posters = forms.IntegerField(label=gettext_lazy("Für wie viele Poster ist Platz?"), min_value=0, max_value=500)
    apply_until = DayField(label=gettext_lazy("Bewerben bis"), help_text=gettext_lazy("Letzter Tag, zum Beispiel 30.06.2027"))
    note = forms.CharField(
        label=gettext_lazy("Ein Satz zum Ort"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Zum Beispiel: Im Foyer, Aufbau ab 8 Uhr; ein Tisch ist 1,60 m breit, eine Stellwand 1 m."),
    )

    @property
    def offer(self) -> Offer:
        """What was entered."""
        data = self.cleaned_data
        return Offer({StandKind.STAND: data["stands"], StandKind.POSTER: data["posters"]}, data["apply_until"], data["note"])


def initial_offer(fair: Fair | None) -> dict[str, object]:
    """Give what the form shows."""
    if fair is None:
        return {"stands": 0, "posters": 0}
    sizes = dict(fair.places.values_list("kind", "capacity"))
    return {"stands": sizes.get(StandKind.STAND, 0), "posters": sizes.get(StandKind.POSTER, 0), "apply_until": fair.apply_until, "note": fair.note}


class HallForm(WatchingForm):
    """How large the hall is, and which cells are places: a box for each cell of the plan as it was shown, all others are places."""

    columns = forms.IntegerField(label=gettext_lazy("Felder nebeneinander"), min_value=1, max_value=MOST_ACROSS)
    rows = forms.IntegerField(label=gettext_lazy("Felder untereinander"), min_value=1, max_value=MOST_ACROSS)

    def __init__(self, fair: Fair, data: QueryDict | None = None) -> None:
        """Show the plan as it is."""
        places = {(spot.row, spot.column) for spot in fair.spots.all()}
        self._shown = [(row, column) for row in range(1, fair.rows + 1) for column in range(1, fair.columns + 1)]
        self.across = fair.columns
        boxes = {_box(row, column): (row, column) in places for row, column in self._shown}
        super().__init__(data, initial={"columns": fair.columns or 4, "rows": fair.rows or 3, **boxes})
        for row, column in self._shown:
            label = _("Reihe %(row)d, Feld %(column)d ist ein Platz") % {"row": row, "column": column}
            self.fields[_box(row, column)] = forms.BooleanField(label=label, required=False)

    @property
    def grid(self) -> list[list[forms.BoundField]]:
        """The boxes, row by row."""
        boxes = [self[_box(row, column)] for row, column in self._shown]
        return [boxes[start : start + self.across] for start in range(0, len(boxes), self.across or 1)]

    @property
    def cells(self) -> list[tuple[int, int]]:
        """What is a place: what was ticked, and what was not shown yet."""
        data = self.cleaned_data
        every = ((row, column) for row in range(1, data["rows"] + 1) for column in range(1, data["columns"] + 1))
        return [(row, column) for row, column in every if data.get(_box(row, column), (row, column) not in self._shown)]


class AssignForm(WatchingForm):
    """Where each stand is: a choice of the places for each."""

    all_optional = True

    def __init__(self, fair: Fair, data: QueryDict | None = None) -> None:
        """Offer all places to each who has been accepted."""
        self.stands = accepted_stands(fair)
        super().__init__(data, initial={_choice(stand): str(stand.spot or "") for stand in self.stands})
        choices = [("", _("kein Platz im Plan")), *((str(spot), _("Platz %(number)s") % {"number": spot}) for spot in fair.spots.all())]
        for stand in self.stands:
            label = f"{stand.title} ({stand.organisation})"
            self.fields[_choice(stand)] = forms.ChoiceField(label=label, required=False, choices=choices, help_text=escape(stand.needs))

    @property
    def wanted(self) -> dict[str, int | None]:
        """What was chosen, by the reference of the stand."""
        chosen = {stand.reference: self.cleaned_data[_choice(stand)] for stand in self.stands}
        return {reference: int(number) if number else None for reference, number in chosen.items()}


def _box(row: int, column: int) -> str:
    return f"cell_{row}_{column}"


def _choice(stand: Stand) -> str:
    return f"stand_{stand.reference}"
