# SPDX-License-Identifier: EUPL-1.2
"""Forms over something that somebody else may change meanwhile: whoever saves second is told, and loses nothing."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

_SEEN = "seen"
_LONGEST = 80
View = Callable[..., HttpResponse]


def in_turn(model: type[models.Model], field: str, named: str = "") -> Callable[[View], View]:
    """Let the forms of one object be saved one after the other, so that of two sent in the same instant the second reads what the first wrote.

    Args:
        model: of the object.
        field: by which the address names it.
        named: what the view calls it, if not as the field.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            with transaction.atomic():
                model._default_manager.select_for_update(no_key=True, of=("self",)).filter(**{field: kwargs[named or field]}).first()
                return view(request, *args, **kwargs)

        return waiting

    return wrapped


class WatchingForm(forms.Form):
    """A form that knows from which state it was filled in.

    The page carries a digest of what stood there. Where something else stands there by now, the form says what, keeps
    what was entered, and saves it when it is sent once more. A form without a digest was not made by our page and is taken as it is.
    """

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note the state that is shown."""
        super().__init__(*args, **kwargs)
        self.fields[_SEEN].initial = digest_of(self.initial)

    def clean(self) -> dict[str, Any]:
        """Compare the states."""
        data = super().clean() or {}
        seen, now = data.pop(_SEEN, ""), digest_of(self.initial)
        if seen and seen != now and self._changed():
            sent = cast("QueryDict", self.data).copy()
            sent[self.add_prefix(_SEEN)] = now
            self.data = sent
            self.add_error(None, self._what_stands_there())
        return data

    def _changed(self) -> list[forms.BoundField]:
        """Give the fields in which something else was entered than stands there by now; none where it is a second click."""
        shown = [field for field in self if field.name != _SEEN and field.name in self.initial]
        return [field for field in shown if field.field.has_changed(field.initial, field.data)]

    def _what_stands_there(self) -> str:
        """Say what others wrote, field by field."""
        others = [f"{field.label}: „{_shortened(field)}“" for field in self._changed()]
        told = _("Inzwischen hat jemand anders gespeichert. Ihre Eingaben stehen noch da und gelten, wenn Sie noch einmal speichern.")
        return " ".join((told, _("Gespeichert ist jetzt:"), "; ".join(others))) + "." if others else told


def digest_of(state: "Mapping[str, Any]") -> str:
    """Give a digest of what a form shows; the order of its fields does not matter."""
    return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _shortened(field: forms.BoundField) -> str:
    """Give what stands there as a reader knows it, not too long."""
    value = field.field.prepare_value(field.initial)
    if isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField):
        names = {str(key): str(label) for key, label in cast("Iterable[tuple[Any, Any]]", field.field.choices) if not isinstance(label, list | tuple)}
        chosen = value if isinstance(value, list | tuple) else [value]
        value = ", ".join(names.get(str(key), str(key)) for key in chosen if key not in (None, ""))
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
