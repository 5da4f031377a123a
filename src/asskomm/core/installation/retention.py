# SPDX-License-Identifier: EUPL-1.2
"""What is deleted of attempts to sign in, which several nodes count together."""

from django.utils.translation import gettext_lazy

from asskomm.core.jobs import Runner
from asskomm.core.retention import DeletionRule


def _forget(_run: Runner) -> int:
    from asskomm.core.installation.shared import forget_expired

    return forget_expired()


SIGN_IN_ATTEMPTS = DeletionRule(
    "sign_in_attempts",
    gettext_lazy("Wie oft jemand versucht hat, sich einzuloggen, mit der Adresse des Rechners"),
    gettext_lazy("bis zur nächsten Nacht"),
    gettext_lazy("Damit niemand Passwörter durchprobieren kann. Gezählt wird über wenige Minuten."),
    _forget,
)
