# SPDX-License-Identifier: EUPL-1.2
"""When it is forgotten who applied for a stand or a poster, and what is kept about a person; when files of pictures go."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords

KEPT = dt.timedelta(days=56)
KEPT_DOCUMENTED = dt.timedelta(days=5 * 365)
"""How long what shows or quotes people stands in a documentation: as long as somebody looks up what was done the last times."""


def _shred_stands(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.forgetting import forget_stands
    from asskomm.events.domain.poster_files import SHELF
    from asskomm.events.models import Stand

    gone = forget_stands(Stand.objects.filter(fair__gathering__ends_at__lt=clock.now() - KEPT, shredded=False))
    SHELF.clear()
    return gone


def _shred_pictures(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.pictures import SHELF
    from asskomm.events.models import Picture

    gone = Picture.objects.filter(gathering__ends_at__lt=clock.now() - KEPT_DOCUMENTED).delete()[0]
    return gone + SHELF.clear()


def _own_stands(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.events.models import Stand

    for row in Stand.objects.with_all().filter(subject.addressed("email")):
        file = getattr(row, "file", None)
        yield {
            _("Veranstaltung"): row.fair.gathering.title,
            _("Art"): str(row.get_kind_display()),
            _("Stand"): str(row.get_state_display()),
            _("Name"): row.name,
            _("Organisation"): row.organisation,
            _("Titel"): row.title,
            _("Text"): row.summary,
            _("Bedarf"): row.needs,
            _("Zugestimmt am"): f"{localtime(row.agreed_at):%d.%m.%Y %H:%M}",
            _("Datei"): file.file_name if file else "",
        }


OLD_STANDS = DeletionRule(
    "stands",
    gettext_lazy("Wer sich um einen Stand oder ein Poster beworben hat: Name, E-Mail-Adresse, Bedarf"),
    gettext_lazy("acht Wochen nach der Veranstaltung; Organisation, Titel, Text und Poster von zugesagten bleiben in der Galerie"),
    gettext_lazy("Um Plätze zu vergeben und den Aufbau vorzubereiten. Ohne Zusage geht die ganze Bewerbung; ersetzte Dateien gehen in der nächsten Nacht."),
    _shred_stands,
)
OLD_PICTURES = DeletionRule(
    "pictures",
    gettext_lazy("Bilder in der Dokumentation von Veranstaltungen"),
    gettext_lazy("fünf Jahre nach der Veranstaltung, oder sobald die Einladenden sie entfernen; die Datei in der Nacht danach"),
    gettext_lazy("Gezeigt wird ein Bild nur, wenn alle zugestimmt haben, die darauf zu erkennen sind; wer nicht mehr möchte, sagt es, und es wird entfernt."),
    _shred_pictures,
)
OWN_STANDS = SubjectRecords(gettext_lazy("Stände und Poster bei Veranstaltungen"), _own_stands)
