# SPDX-License-Identifier: EUPL-1.2
"""When proposals are forgotten, and what is kept about whoever makes them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords

if TYPE_CHECKING:
    from asskomm.events.models import Proposal

KEPT, KEPT_DRAFTS = dt.timedelta(days=56), dt.timedelta(days=14)


def _shred_drafts(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.forgetting import forget_proposals
    from asskomm.events.enums import ProposalState
    from asskomm.events.models import Proposal

    over = clock.today() - KEPT_DRAFTS
    return forget_proposals(Proposal.objects.filter(call__closes_on__lt=over, state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN)))


def _shred_proposals(_run: Runner) -> int:
    from asskomm.core.clock import clock
    from asskomm.events.domain.forgetting import forget_proposals
    from asskomm.events.models import Proposal, Reviewer

    over = clock.now() - KEPT
    Reviewer.objects.filter(call__gathering__ends_at__lt=over).delete()
    return forget_proposals(Proposal.objects.filter(call__gathering__ends_at__lt=over))


def _own_proposals(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.events.models import Proposal

    mine = Proposal.objects.with_all().filter(subject.addressed("email") | subject.addressed("co_speakers__email")).distinct()
    for row in mine.prefetch_related("co_speakers", "reviews", "call__questions"):
        yield _own_words(row) if row.email.lower() in subject.addresses else _named_in(row, subject)


def _own_words(proposal: "Proposal") -> Mapping[str, str]:
    """Give what somebody said in her proposal, and what reviewers said of it, without their names."""
    questions = proposal.call.questions.all()
    return {
        _("Veranstaltung"): proposal.call.gathering.title,
        _("Stand"): str(proposal.get_state_display()),
        _("Name"): proposal.name,
        _("Organisation"): proposal.organisation,
        _("Titel"): proposal.title,
        _("Worum es geht"): proposal.abstract,
        _("Technik"): proposal.technology,
        _("Fotos"): _("dürfen gezeigt werden") if proposal.photo_consent else "",
        _("Antworten auf eigene Fragen"): "; ".join(
            f"{question.text}: {question.said(proposal.answers[str(question.pk)])}" for question in questions if str(question.pk) in proposal.answers
        ),
        _("Weitere Mitwirkende"): "; ".join(f"{one.name} ({one.email})" for one in proposal.co_speakers.all()),
        _("Anmerkungen aus der Begutachtung"): "; ".join(review.remark for review in proposal.reviews.all() if review.remark),
    }


def _named_in(proposal: "Proposal", subject: DataSubject) -> Mapping[str, str]:
    """Give where somebody else named her."""
    named = next(one for one in proposal.co_speakers.all() if one.email.lower() in subject.addresses)
    agreed = _("zugesagt") if named.agreed_at else _("noch keine Antwort")
    return {_("Veranstaltung"): proposal.call.gathering.title, _("Titel"): proposal.title, _("Name"): named.name, _("Ihre Antwort"): agreed}


def _own_reviews(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    """Give which calls somebody reviews, and what she said of proposals."""
    from asskomm.events.models import Reviewer

    for reviewer in Reviewer.objects.filter(account__in=subject.accounts).select_related("call__gathering").prefetch_related("tracks", "reviews__proposal"):
        yield {
            _("Veranstaltung"): reviewer.call.gathering.title,
            _("Themenreihen"): ", ".join(track.name for track in reviewer.tracks.all()),
            _("Bewertungen"): "; ".join(
                f"{review.proposal.title}: {_('befangen') if review.biased else review.get_score_display()} {review.remark}".strip()
                for review in reviewer.reviews.all()
            ),
        }


OLD_DRAFTS = DeletionRule(
    "proposal_drafts",
    gettext_lazy("Nicht eingereichte und zurückgezogene Vorschläge zu Veranstaltungen"),
    gettext_lazy("zwei Wochen nach dem letzten Tag des Aufrufs"),
    gettext_lazy("Damit niemand von vorn anfangen muss, wenn die Frist verlängert wird. Gelesen hat sie niemand."),
    _shred_drafts,
)
OLD_PROPOSALS = DeletionRule(
    "proposals",
    gettext_lazy("Eingereichte Vorschläge zu Veranstaltungen, mit Namen, Adressen und dem, was Begutachtende dazu sagen; wer begutachtet hat"),
    gettext_lazy("acht Wochen nach der Veranstaltung"),
    gettext_lazy("Um das Programm zusammenzustellen und Rückfragen zu beantworten. Was angenommen ist, bleibt als Beitrag im Programm."),
    _shred_proposals,
)
OWN_PROPOSALS = SubjectRecords(gettext_lazy("Vorschläge zu Veranstaltungen"), _own_proposals)
OWN_REVIEWS = SubjectRecords(gettext_lazy("Begutachtungen"), _own_reviews)
