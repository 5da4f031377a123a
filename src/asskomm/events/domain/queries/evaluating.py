# SPDX-License-Identifier: EUPL-1.2
"""What people said, as far as nobody of them can be told by it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.estimates import Basis, Estimate, Protects, Quality
from asskomm.events.domain.feedback import rated_parts
from asskomm.events.domain.programme_content import Part
from asskomm.events.domain.queries.arriving import turnout_by_type
from asskomm.events.enums import SATISFIED, Rating
from asskomm.events.models import Feedback, Gathering, Session, SessionPlaces
from asskomm.methods.shares import wilson

LEAST = 5
"""Fewer answers are not shown, and none is added to what was shown until there are so many more of them."""
_BEFORE, _REST, _SUM = 0, 2, 3
SIDE_CONTENT = tuple(rating for rating in Rating if rating in SATISFIED)
SIDE_REST = tuple(rating for rating in Rating if rating not in SATISFIED)


@dataclass(frozen=True)
class Evaluation:
    """What was said about a gathering or a session.

    Args:
        title: what it is about.
        part: the session; `None` for the gathering as a whole.
        answers: how many of those that are shown.
        rate: answers of those who were there, of a session of those who were at it; not known where nobody counted them, or more answered than were there.
        satisfied: share of those who found it good or very good.
        ratings: how many gave which; those that fewer than `LEAST` gave stand together with their neighbours on the same side of `satisfied`. The two
            sides are never hidden from each other, because their sizes follow from that share, which is what people are asked for: it says of nobody
            more than that she was one of at least `LEAST`, and is crossed with nothing that is known of a person.
        shown: the answers themselves, in an order that tells nothing.
    """

    title: str
    part: Part | None
    answers: Estimate
    rate: Estimate
    satisfied: Estimate
    ratings: Sequence[tuple[str, Estimate]]
    shown: Sequence[Feedback]

    @property
    def praised(self) -> Estimate:
        """How many of the answers shown count as praise."""
        return Estimate(sum(answer.praise for answer in self.shown))

    @property
    def interval(self) -> str:
        """Give between what and what the share lies that would have been satisfied of all who were there, had all of them answered like these."""
        if self.satisfied.interval is None:
            return ""
        low, high = (Estimate(bound, "share", Basis.ESTIMATED) for bound in self.satisfied.interval)
        return _("%(low)s bis %(high)s") % {"low": low, "high": high}


def evaluation_of(gathering: Gathering) -> list[Evaluation]:
    """Give what was said about the gathering as a whole, then about each session by time."""
    there = sum(int(row.turnout.came.value or 0) for row in turnout_by_type(gathering))
    said: dict[str, list[Feedback]] = {}
    for answer in Feedback.objects.filter(gathering=gathering).select_related("session").order_by("pk"):
        said.setdefault(answer.session.reference if answer.session else "", []).append(answer)
    closed = gathering.ends_at <= clock.now() and not gathering.takes_feedback(clock.now())
    parts = rated_parts(gathering)
    seats = dict(SessionPlaces.objects.filter(session__gathering=gathering).values_list("session__reference", "taken"))
    whole = _evaluation("", None, released(said.get("", []), closed=closed), there)
    return [
        whole,
        *(_evaluation(part.title, part, released(said.get(part.reference, []), closed=closed), _audience(part, parts, seats, there)) for part in parts),
    ]


def _audience(part: Part, parts: Sequence[Part], seats: Mapping[str, int], there: int) -> int:
    """Give how many were at a session: who had a place in it, else everybody where nothing else was on; 0 where nobody knows."""
    if part.reference in seats:
        return seats[part.reference]
    beside = any(other is not part and other.starts_at < part.ends_at and part.starts_at < other.ends_at for other in parts)
    return 0 if beside else there


def evaluation_of_session(session: Session) -> Evaluation | None:
    """Give what was said about one session, for whoever contributed to it; nothing while too few have answered."""
    rows = [row for row in evaluation_of(session.gathering) if row.part is not None and row.part.reference == session.reference]
    return next((row for row in rows if row.shown), None)


def shown_answer(gathering: Gathering, nonce: str) -> Feedback | None:
    """Give an answer, as far as it is shown."""
    return next((answer for evaluation in evaluation_of(gathering) for answer in evaluation.shown if answer.nonce == nonce), None)


def released(answers: Sequence[Feedback], *, closed: bool) -> Sequence[Feedback]:
    """Keep what may be shown.

    While answers come in, what is shown lags behind by at least `LEAST` and grows in steps of that; when they are closed, all are shown. So whoever
    looks twice learns the sum of at least `LEAST` answers each time, never what one person said.

    Args:
        answers: in the order in which they came.
        closed: whether no more will come.

    >>> [len(released([None] * number, closed=False)) for number in (4, 9, 10, 14, 15)]  # type: ignore[list-item]
    [0, 0, 5, 5, 10]
    """
    return answers[: _let_through(len(answers), closed=closed)]


def _let_through(number: int, *, closed: bool) -> int:
    """Ask the gate how many answers may be shown.

    The plan is fixed beforehand: full steps of `LEAST`, the rest, and their sum, which everybody learns in the end. A sum that is too small is sensitive,
    and so is the rest, whose size may be one. So that nobody takes it from the sum, the gate hides one step more; those before are out already.
    """
    import numpy as np  # heavy: only when somebody looks

    from asskomm.methods.disclosure import rare, release_plan, suppress

    few = number == 0 or bool(rare(np.array([number]), LEAST).any())
    if few or closed:
        return 0 if few else number
    steps, rest = divmod(number, LEAST)
    parts = np.array([[LEAST * (steps - 1)], [LEAST], [rest], [number]], dtype=np.float64)
    sensitive, known = (np.array([[cell in chosen] for cell in range(len(parts))]) for chosen in ({_REST}, {_BEFORE, _SUM}))
    hidden = suppress(parts, sensitive, release_plan([_SUM, _SUM, _SUM, -1], 1), LEAST, shown=known).hidden
    return int(parts[:_SUM][~hidden[:_SUM]].sum())


def _evaluation(title: str, part: Part | None, shown: Sequence[Feedback], there: int) -> Evaluation:
    number, counts = len(shown), Counter(answer.rating for answer in shown)
    ratings = _ratings(counts, number)
    hidden = _told(0, 0)
    if not shown:
        return Evaluation(title, part, hidden, hidden, hidden, ratings, ())
    content = sum(counts[rating] for rating in SATISFIED)
    satisfied = Estimate(content / number, "share", Basis.MEASURED, number, wilson(content, number), protects=Protects.RESPONDENTS)
    rate = Estimate(number / there if 0 < number <= there else None, "share", Basis.MEASURED, there)
    mixed = sorted(shown, key=lambda answer: answer.nonce)
    return Evaluation(title, part, _told(number, number), rate, satisfied, ratings, mixed)


def _ratings(counts: Mapping[int, int], number: int) -> list[tuple[str, Estimate]]:
    """Give how many gave which rating, those of one side together where one of them is so rare that whoever gave it could be told by it."""
    import numpy as np  # heavy: only when somebody looks

    from asskomm.methods.disclosure import rare

    told = []
    for side in (SIDE_CONTENT, SIDE_REST):
        apart = not rare(np.array([counts[rating] for rating in side]), LEAST).any()
        classes = [(rating,) for rating in side] if apart else [side]
        told += [(_named(some), _told(sum(counts[rating] for rating in some), number)) for some in classes]
    return told


def _named(ratings: Sequence[Rating]) -> str:
    first, *others = [str(rating.label) for rating in ratings]
    return _("%(first)s bis %(last)s") % {"first": first, "last": others[-1]} if others else first


def _told(count: int, number: int) -> Estimate:
    quality = Quality.RELIABLE if number else Quality.NOT_SHOWN
    return Estimate(count, base=number, quality=quality, protects=Protects.RESPONDENTS)
