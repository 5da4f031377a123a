# SPDX-License-Identifier: EUPL-1.2
"""The package's own job: send each minute."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachMinute, Runner, Scheduled, Task


def _deliver(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.mail.domain.delivery import deliver

    return deliver(run)


SEND = Task("mail.send", _("Nachrichten verschicken"), _deliver)
SEND_EACH_MINUTE = Scheduled(SEND.key, EachMinute())
