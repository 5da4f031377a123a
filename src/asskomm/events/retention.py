# SPDX-License-Identifier: EUPL-1.2
"""When it is forgotten who came, and what is kept about a person."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.jobs import Runner
from asskomm.core.retention import DeletionRule, SubjectRecords

KEPT, KEPT_NEEDS, KEPT_UNCONFIRMED = dt.timedelta(days=56), dt.timedelta(days=14), dt.timedelta(days=7)


def _shred(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.forgetting import forget_who_came
    from asskomm.events.domain.registering import forget_unconfirmed
    from asskomm.events.models import Gathering, Registration

    before = clock.now() - KEPT_UNCONFIRMED
    left = Gathering.objects.filter(registrations__in=Registration.objects.forgettable(before)).distinct()
    unconfirmed = sum(forget_unconfirmed(gathering, before) for gathering in list(left))
    ended = Gathering.objects.filter(ends_at__lt=clock.now() - KEPT, registrations__shredded=False).distinct()
    return unconfirmed + sum(forget_who_came(gathering) for gathering in list(ended))


def _shred_needs(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.models import Needs

    return Needs.objects.filter(registration__gathering__ends_at__lt=clock.now() - KEPT_NEEDS).delete()[0]


def _own(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.events.domain.needs import needs_text
    from asskomm.events.domain.queries.arriving import came_at
    from asskomm.events.models import Registration
    from asskomm.people.models import Account

    email = Account.objects.filter(pk=account).values_list("email", flat=True).first() or "-"
    for row in Registration.objects.filter(email__iexact=email).select_related("gathering", "attendance", "needs"):
        needs = getattr(row, "needs", None)
        yield {
            _("Veranstaltung"): row.gathering.title,
            _("Name"): row.name,
            _("Organisation"): row.organisation,
            _("Angemeldet am"): f"{localtime(row.registered_at):%d.%m.%Y %H:%M}",
            _("Stand"): str(row.get_state_display()),
            _("Eingelassen um"): came_at(row),
            _("Anreise"): str(row.get_travel_display()),
            _("Essen"): str(needs.get_meal_display()) if needs else "",
            _("Bedarf"): needs_text(needs) if needs else "",
        }


def _shred_speakers(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.models import Speaker

    over = Speaker.objects.filter(gathering__ends_at__lt=clock.now() - KEPT)
    unheard = over.filter(speakings__isnull=True).delete()[0]
    return unheard + over.exclude(email="").update(email="")


def _own_contributions(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.events.models import Speaker
    from asskomm.people.models import Account

    email = Account.objects.filter(pk=account).values_list("email", flat=True).first() or "-"
    for row in Speaker.objects.filter(email__iexact=email).select_related("gathering").prefetch_related("speakings__session"):
        yield {
            _("Veranstaltung"): row.gathering.title,
            _("Name"): row.name,
            _("Organisation"): row.organisation,
            _("Beiträge"): "; ".join(speaking.session.title for speaking in row.speakings.all()),
            _("Zur Person"): row.biography,
        }


OLD_REGISTRATIONS = DeletionRule(
    "registrations",
    gettext_lazy("Namen, Stellen und E-Mail-Adressen aus Anmeldungen, wer eingelassen wurde, Links für den Einlass"),
    gettext_lazy("acht Wochen nach der Veranstaltung; nie bestätigte eine Woche nach der Anmeldung"),
    gettext_lazy(
        "Für Einlass, Unterlagen und Teilnahmebestätigungen. Was bleibt, sind Zahlen: wie viele, für welche Art von Stelle, aus wie vielen Kommunen; "
        "und von Bestätigungen Prüfwerte, aus denen kein Name zu lesen ist."
    ),
    _shred,
)
OLD_NEEDS = DeletionRule(
    "registration_needs",
    gettext_lazy("Essen und Bedarf aus Anmeldungen"),
    gettext_lazy("zwei Wochen nach der Veranstaltung"),
    gettext_lazy("Nur für die Vorbereitung: Küche, Zugang, Hilfe vor Ort. Danach braucht es niemand mehr."),
    _shred_needs,
)
OWN_REGISTRATIONS = SubjectRecords(gettext_lazy("Anmeldungen zu Veranstaltungen"), _own)
OLD_SPEAKERS = DeletionRule(
    "speakers",
    gettext_lazy("E-Mail-Adressen von Mitwirkenden, und Mitwirkende ohne Beitrag"),
    gettext_lazy("acht Wochen nach der Veranstaltung"),
    gettext_lazy("Für Absprachen, Honorar und Reise. Wer öffentlich gesprochen hat, bleibt mit Namen im Programm."),
    _shred_speakers,
)
OWN_CONTRIBUTIONS = SubjectRecords(gettext_lazy("Beiträge zu Veranstaltungen"), _own_contributions)
