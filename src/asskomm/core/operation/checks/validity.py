# SPDX-License-Identifier: EUPL-1.2
"""Rules of law, of grants and of the house that have ended."""

from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.operation.registry import DATED_RULES, Finding


def dated_rules() -> Finding:
    """Name the rules whose last day is over."""
    today = clock.today()
    expired = [
        _("%(name)s (bis %(day)s)") % {"name": rule.name, "day": f"{rule.ends:%d.%m.%Y}"} for give in DATED_RULES for rule in give() if rule.ends < today
    ]
    if not expired:
        return Finding.ok(_("Keine Regel ist abgelaufen."))
    return Finding.warning(_("Abgelaufen: %(rules)s.") % {"rules": "; ".join(expired)}, _("Sehen Sie nach, was jetzt gilt, und tragen Sie es ein."))
