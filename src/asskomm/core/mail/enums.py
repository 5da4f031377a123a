# SPDX-License-Identifier: EUPL-1.2
"""Where a mail stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """From waiting to one of four ends; a mail that was sent may still come back."""

    WAITING = "waiting", _("wartet")
    SENT = "sent", _("verschickt")
    FAILED = "failed", _("nicht gelungen")
    BOUNCED = "bounced", _("zurückgekommen")
    SUPPRESSED = "suppressed", _("nicht verschickt")
