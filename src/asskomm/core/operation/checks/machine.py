# SPDX-License-Identifier: EUPL-1.2
"""What the machine gives: room on the disk, the right time, the zone."""

import datetime as dt
import shutil
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.operation.registry import Finding

MEGABYTE = 1024 * 1024
SCARCE, LITTLE = 500, 2000  # megabytes
APART, FAR_APART = dt.timedelta(seconds=5), dt.timedelta(minutes=1)


def disk() -> Finding:
    """Say how much room is left where the data lie."""
    free = shutil.disk_usage(settings.DATA_FOLDER).free // MEGABYTE
    text = _("Freier Platz im Datenordner: %(free)s MB.") % {"free": free}
    remedy = _("Schaffen Sie Platz, zum Beispiel durch Löschen alter Sicherungen. Ist der Platz zu Ende, wird nichts mehr gespeichert.")
    if free < SCARCE:
        return Finding.fault(text, remedy)
    return Finding.warning(text, remedy) if free < LITTLE else Finding.ok(text)


def clocks() -> Finding:
    """Hold the time of the database server to that of this machine."""
    if connection.vendor != "postgresql":
        return Finding.ok(_("Datenbank und Anwendung haben dieselbe Uhr."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - clock.now())
    if apart <= APART:
        return Finding.ok(_("Die Uhren von Datenbank und Anwendung gehen gleich."))
    text = _("Die Uhren von Datenbank und Anwendung gehen um %(seconds)s Sekunden auseinander.") % {"seconds": round(apart.total_seconds())}
    remedy = _("Richten Sie auf beiden Rechnern die Zeitsynchronisation ein (zum Beispiel systemd-timesyncd oder chrony).")
    return Finding.fault(text, remedy) if apart > FAR_APART else Finding.warning(text, remedy)


def zone() -> Finding:
    """Whether Berlin's time is known, in winter and in summer."""
    try:
        berlin = ZoneInfo("Europe/Berlin")
        hours = [dt.datetime(2026, month, 1, tzinfo=berlin).utcoffset() for month in (1, 7)]
    except (ZoneInfoNotFoundError, OSError):
        hours = []
    if hours == [dt.timedelta(hours=1), dt.timedelta(hours=2)]:
        return Finding.ok(_("Die Berliner Zeit ist bekannt, im Winter und im Sommer."))
    return Finding.fault(_("Die Daten der Zeitzonen fehlen oder sind falsch."), _("Installieren Sie das Paket „tzdata“ von Python oder des Betriebssystems."))
