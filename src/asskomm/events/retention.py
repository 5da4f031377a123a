# SPDX-License-Identifier: EUPL-1.2
"""When it is forgotten who came, and what is kept about a person."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords
from asskomm.events.proposal_retention import KEPT, OLD_DRAFTS, OLD_PROPOSALS, OWN_PROPOSALS, OWN_REVIEWS
from asskomm.events.stand_retention import KEPT_DOCUMENTED, OLD_PICTURES, OLD_STANDS, OWN_STANDS

if TYPE_CHECKING:
    from asskomm.events.models import Speaker

KEPT_PROMISES = dt.timedelta(days=2 * 365)
KEPT_NEEDS, KEPT_DECLINED, KEPT_UNCONFIRMED = dt.timedelta(days=14), dt.timedelta(days=14), dt.timedelta(days=7)


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


def _own(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.events.domain.needs import needs_text
    from asskomm.events.domain.queries.arriving import came_at
    from asskomm.events.models import Registration

    mine = Registration.objects.filter(subject.addressed("email")).select_related("gathering", "attendance", "needs")
    for row in mine.prefetch_related("seats__session", "wishes__session", "gathering__questions"):
        needs = getattr(row, "needs", None)
        yield {
            _("Veranstaltung"): row.gathering.title,
            _("Name"): row.name,
            _("Organisation"): row.organisation,
            _("Angemeldet am"): f"{localtime(row.registered_at):%d.%m.%Y %H:%M}",
            _("Stand"): str(row.get_state_display()),
            _("Eingelassen um"): came_at(row),
            _("Workshops"): "; ".join(f"{seat.session.title} ({seat.get_state_display()})" for seat in row.seats.all()),
            _("Wünsche für Workshops"): "; ".join(wish.session.title for wish in row.wishes.all()),
            _("Antworten auf eigene Fragen"): "; ".join(
                f"{question.text}: {question.said(row.answers[str(question.pk)])}"
                for question in row.gathering.questions.all()
                if str(question.pk) in row.answers
            ),
            _("Anreise"): str(row.get_travel_display()),
            _("Essen"): str(needs.get_meal_display()) if needs else "",
            _("Bedarf"): needs_text(needs) if needs else "",
        }


def _shred_speakers(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.forgetting import forget_speakers
    from asskomm.events.models import Speaker

    kept = Speaker.objects.filter(gathering__ends_at__lt=clock.now() - KEPT_DOCUMENTED, photo_consent=True)
    return forget_speakers(clock.now() - KEPT) + kept.update(photo_consent=False)


def _shred_invitations(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.forgetting import forget_invitations
    from asskomm.events.enums import InvitationState
    from asskomm.events.models import Invitation

    over = Invitation.objects.filter(session__gathering__ends_at__lt=clock.now() - KEPT_DECLINED)
    declined = forget_invitations(over.exclude(state=InvitationState.ACCEPTED))
    return declined + forget_invitations(over.filter(session__gathering__ends_at__lt=clock.now() - KEPT))


def _shred_slides(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.slides import SHELF
    from asskomm.events.models import Slides

    gone = Slides.objects.filter(session__gathering__ends_at__lt=clock.now() - KEPT, documented=False).delete()[0]
    gone += Slides.objects.filter(session__gathering__ends_at__lt=clock.now() - KEPT_DOCUMENTED).delete()[0]
    SHELF.clear()
    return gone


def _own_contributions(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.events.models import Speaker

    read_with = ("speakings__session", "invitations__session", "invitations__expenses", "slides")
    for row in Speaker.objects.filter(subject.addressed("email")).select_related("gathering").prefetch_related(*read_with):
        yield {
            _("Veranstaltung"): row.gathering.title,
            _("Name"): row.name,
            _("Organisation"): row.organisation,
            _("Beiträge"): "; ".join(speaking.session.title for speaking in row.speakings.all()),
            _("Zur Person"): row.biography,
            _("Fotos"): _("dürfen gezeigt werden") if row.photo_consent else "",
            **_asked_of(row),
        }


def _shred_comments(_run: Runner) -> int:
    from django.db.models import Q

    from asskomm.core.clock import clock
    from asskomm.events.models import Feedback

    over = Feedback.objects.filter(gathering__ends_at__lt=clock.now() - KEPT)
    unpraised = over.filter(praise=False).exclude(liked="", better="").update(liked="", better="")
    worse = over.filter(Q(praise=True) & ~Q(better="")).update(better="")
    documented = Feedback.objects.filter(gathering__ends_at__lt=clock.now() - KEPT_DOCUMENTED)
    return unpraised + worse + documented.exclude(liked="").update(liked="")


def _shred_promises(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.models import ActionItem

    return ActionItem.objects.filter(gathering__ends_at__lt=clock.now() - KEPT_PROMISES).exclude(who="").update(who="")


def _shred_polls(_run: Runner) -> int:
    from django.db.models import Max

    from asskomm.core.clock import clock
    from asskomm.events.models import DatePoll

    over = DatePoll.objects.annotate(last=Max("options__ends_at")).filter(last__lt=clock.now() - KEPT)
    number = over.count()
    DatePoll.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()
    return number


OLD_POLLS = DeletionRule(
    "polls",
    gettext_lazy("Terminfindungen mit den Namen derer, die geantwortet haben"),
    gettext_lazy("acht Wochen nach dem letzten Termin, der zur Wahl stand"),
    gettext_lazy("Um einen Termin zu finden. Danach zählt nur die Veranstaltung, die daraus wurde."),
    _shred_polls,
)
OLD_PROMISES = DeletionRule(
    "actions",
    gettext_lazy("Wer in Protokollen von Treffen eine Aufgabe übernommen hat"),
    gettext_lazy("zwei Jahre nach der Veranstaltung"),
    gettext_lazy("Damit klar ist, wer was zugesagt hat. Danach genügt, was zu tun war und ob es getan ist."),
    _shred_promises,
)
OLD_COMMENTS = DeletionRule(
    "feedback",
    gettext_lazy("Was Menschen nach einer Veranstaltung in eigenen Worten geschrieben haben"),
    gettext_lazy("acht Wochen nach der Veranstaltung; der Wortlaut dessen, was als Lob zählt, fünf Jahre danach"),
    gettext_lazy("Zum Lernen für das nächste Mal. Die Antworten sind ohne Namen; im Text könnte trotzdem einer stehen. Wie viel Lob es gab, bleibt als Zahl."),
    _shred_comments,
)


def _asked_of(speaker: "Speaker") -> Mapping[str, str]:
    """Give what the organiser asked somebody, and what she answered."""
    from asskomm.events.domain.expenses import opened

    asked = list(speaker.invitations.all())
    claims = [opened(row.expenses) for row in asked if hasattr(row, "expenses")]
    return {
        _("Einladung"): "; ".join(f"{row.topic}: {row.get_state_display()}" for row in asked),
        _("Persönlicher Satz"): "; ".join(row.note for row in asked if row.note),
        _("Technik"): "; ".join(row.technology for row in asked if row.technology),
        _("Honorar"): "; ".join(str(claim.amount) for claim in claims if claim.amount),
        _("Reise"): "; ".join(claim.travel for claim in claims if claim.travel),
        _("Folien"): "; ".join(row.file_name for row in speaker.slides.all()),
    }


OLD_REGISTRATIONS = DeletionRule(
    "registrations",
    gettext_lazy("Namen, Stellen, E-Mail-Adressen und Anreise aus Anmeldungen, gewählte Workshops, wer eingelassen wurde, Links für den Einlass"),
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
    gettext_lazy("Mitwirkende: E-Mail-Adresse, Angaben zur Person, Einwilligung in Fotos; Mitwirkende ohne Beitrag"),
    gettext_lazy("acht Wochen nach der Veranstaltung; die Einwilligung in Fotos mit den Bildern nach fünf Jahren"),
    gettext_lazy(
        "Für Absprachen, Honorar und Reise. Wer öffentlich gesprochen hat, bleibt mit Namen und Stelle im Programm. "
        "Solange Bilder gezeigt werden, muss nachzuweisen sein, wer zugestimmt hat."
    ),
    _shred_speakers,
)
OLD_INVITATIONS = DeletionRule(
    "invitations",
    gettext_lazy("Einladungen an Mitwirkende, mit Technik, Honorar und Reise"),
    gettext_lazy("ohne Zusage zwei Wochen nach der Veranstaltung, mit Zusage acht Wochen danach"),
    gettext_lazy("Bis dahin ist das Honorar bezahlt. Wer nicht mitwirkt, wird mit der Einladung vergessen."),
    _shred_invitations,
)
OLD_SLIDES = DeletionRule(
    "slides",
    gettext_lazy("Folien von Mitwirkenden"),
    gettext_lazy("acht Wochen nach der Veranstaltung; was in die Dokumentation darf, fünf Jahre danach"),
    gettext_lazy("Für den Tag selbst. Öffentlich werden sie nur, wenn wer mitwirkt es erlaubt; ersetzte Dateien gehen in der nächsten Nacht."),
    _shred_slides,
)
OWN_CONTRIBUTIONS = SubjectRecords(gettext_lazy("Beiträge zu Veranstaltungen"), _own_contributions)
RULES = (
    *(OLD_REGISTRATIONS, OLD_NEEDS, OLD_SPEAKERS, OLD_INVITATIONS, OLD_SLIDES, OLD_COMMENTS, OLD_PROMISES, OLD_POLLS),
    *(OLD_STANDS, OLD_PICTURES, OLD_DRAFTS, OLD_PROPOSALS),
)
OWN_RECORDS = {
    "registrations": OWN_REGISTRATIONS,
    "contributions": OWN_CONTRIBUTIONS,
    "stands": OWN_STANDS,
    "proposals": OWN_PROPOSALS,
    "reviews": OWN_REVIEWS,
}
