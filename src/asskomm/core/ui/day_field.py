# SPDX-License-Identifier: EUPL-1.2
"""A day in a form, written as people write it, and read in one way on every page."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.days import ParameterError, read_day

_EXAMPLE = _("Tag, zum Beispiel 14.09.2023")


class DayField(forms.CharField):
    """Reads a day; a text field, because the browser's own calendar is hard to use by keyboard and speaks the browser's language."""

    def __init__(self, *, future: bool = True, **more: Any) -> None:
        """Say whether the day may lie ahead."""
        more.setdefault("help_text", _EXAMPLE)
        super().__init__(max_length=30, **more)
        self.future = future
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        """Read it.

        Raises
        ------
            ValidationError: it is none, or lies ahead where it must not.
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_day(text, future=self.future)
        except ParameterError as fault:
            raise forms.ValidationError(str(fault)) from None
