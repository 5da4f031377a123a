# SPDX-License-Identifier: EUPL-1.2
"""The made-up call of the example's conference: proposals, somebody who was named and agreed, and one who reviews."""

import datetime as dt

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Role
from asskomm.events.domain.calling import CallFacts, call_for_sessions
from asskomm.events.domain.co_speaking import agree, name_co_speaker
from asskomm.events.domain.proposing import Said, begin_draft, submit
from asskomm.events.domain.questions import Asked, set_call_questions
from asskomm.events.domain.reviewing import Opinion, give_review, name_reviewer
from asskomm.events.enums import QuestionKind, Score, SessionKind
from asskomm.events.models import Call, Gathering, Proposal
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.models import Account

_TEXT = (
    "Was hat bei Ihnen geholfen, was nicht? Wir suchen Vorträge von 30 Minuten und Workshops von 45 Minuten aus der Praxis.\n\nErfunden für dieses Beispiel."
)
_OPEN_FOR = dt.timedelta(days=35)
# name, organisation, kind, title, text
_PROPOSED = (
    ("Greta Muster", "Stadt Musterau", SessionKind.TALK, "Licht an: was helle Wege ändern", "Vorher und nachher an fünf Wegen, und was es gekostet hat."),
    ("Hans Probst", "Gemeinde Beispielsdorf", SessionKind.WORKSHOP, "Ein Spielplatz zieht um", "Wie Eltern, Jugend und Bauhof sich geeinigt haben."),
    ("Ida Sommer", "Frankenberg/Sa.", SessionKind.TALK, "Zuhören im Jugendclub", "Ein Jahr lang jeden Freitag: was die Jugendlichen sagen."),
)


def load_example_call(gathering: Gathering) -> None:
    """Call for sessions, let three people propose and one begin, and let a member say what she thinks of the first."""
    call = call_for_sessions(gathering, CallFacts(_TEXT, clock.today() + _OPEN_FOR, [SessionKind.TALK, SessionKind.WORKSHOP]), by=SYSTEM)
    set_call_questions(call, [Asked("Für wen ist Ihr Beitrag?", QuestionKind.CHOICE, ["für alle", "für Erfahrene"])], by=SYSTEM)
    rows = [_propose(call, proposed) for proposed in _PROPOSED]
    begin_draft(call, Said(name="Jan Lenz", title="Noch ohne Titel"), by=ANYONE)
    agree(name_co_speaker(rows[0], "Kurt Winter", "kurt@musterau.example", by=ANYONE), by=ANYONE)
    account = Account.objects.filter(person__functions__role=Role.COORDINATOR).order_by("pk").first()
    if account is not None:
        reviewer = name_reviewer(call, account, by=SYSTEM)
        give_review(reviewer, rows[0], Opinion(Score.VERY_WELL, "Das fragen alle."), by=principal_of(account, clock.today()))


def _propose(call: Call, proposed: tuple[str, str, SessionKind, str, str]) -> Proposal:
    name, organisation, kind, title, abstract = proposed
    email = f"{name.split(maxsplit=1)[0].lower()}@musterau.example"
    answers = {str(call.questions.all()[0].pk): "für alle"}
    said = Said(name, email, organisation, kind, title, abstract, "Beamer", photo_consent=True, answers=answers)
    return submit(begin_draft(call, Said(name=name), by=ANYONE), said, by=ANYONE)
