# SPDX-License-Identifier: EUPL-1.2
"""Numbers that an event may carry, with their words on the screen."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.estimates import Estimate

MEASURES = {
    "participants": _("Teilnehmende"),
    "municipalities": _("Kommunen"),
    "sessions": _("Beiträge"),
    "speakers": _("Referierende"),
    "police_share": _("Anteil aus der Polizei"),
    "letters": _("Briefe"),
    "answers": _("Antworten"),
    "year": _("Jahr"),
    "contacted": _("Kommunen mit Kontakt"),
    "advised": _("Beratene Kommunen"),
    "model": _("Modellkommunen"),
    "councils": _("Präventionsräte"),
    "district_councils": _("Präventionsräte der Landkreise"),
    "agreements": _("Kooperationsvereinbarungen"),
    "coaching": _("Coaching-Prozesse"),
    "analyses": _("Sicherheitsanalysen"),
    "analysis_municipalities": _("Kommunen mit Sicherheitsanalyse"),
    "grants": _("Fördermittel in Euro"),
}


def measure_estimate(name: str, value: float) -> Estimate:
    """Give a number that an event carries, with its unit."""
    return Estimate(value, "share" if name.endswith("_share") else "year" if name == "year" else "count")
