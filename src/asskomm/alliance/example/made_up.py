# SPDX-License-Identifier: EUPL-1.2
"""What the sources leave open, made up so that the published totals of five days come out; neutral events only, no persons."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence

from asskomm.alliance.domain.drafts import EventDraft
from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.interfaces.event_reader import EventReader
from asskomm.core.clock import Span, add_months
from asskomm.core.visibility import Visibility
from asskomm.people.models import Organisation
from asskomm.territory.domain.queries.names import fold
from asskomm.territory.models import Municipality

SEED = 20190206
DAY = dt.date
Window = tuple[dt.date, dt.date]
MODELS = ("14511000", "14628110", "14626110", "14713000", "14628270", "14523320", "14729410", "14524330")
WINDOWS: tuple[tuple[int, Window], ...] = (
    (56, (DAY(2019, 3, 4), DAY(2020, 2, 21))),
    (35, (DAY(2020, 3, 2), DAY(2021, 1, 15))),
    (21, (DAY(2021, 1, 19), DAY(2021, 8, 20))),
    (5, (DAY(2021, 9, 6), DAY(2021, 11, 26))),
    (18, (DAY(2021, 12, 6), DAY(2023, 8, 31))),
)
NAMED = (
    ("Frankenberg/Sa.",),
    ("Torgau", "Hoyerswerda", "Oelsnitz/Erzgeb."),
    (
        "Aue-Bad Schlema",
        "Lauter-Bernsbach",
        "Lößnitz",
        "Schwarzenberg",
        "Schneeberg",
        "Annaberg-Buchholz",
        "Auerbach/Vogtl.",
        "Lengenfeld",
        "Rodewisch",
        "Bannewitz",
    ),
    (),
    ("Weißwasser",),
)
"""Municipalities of the facts, in the window in which their consultation must have been."""
COUNCILS = (
    (16, (DAY(2019, 4, 1), DAY(2020, 2, 27))),
    (5, (DAY(2020, 3, 9), DAY(2021, 6, 18))),
    (4, (DAY(2021, 6, 28), DAY(2021, 8, 31))),
    (1, (DAY(2021, 9, 6), DAY(2021, 11, 26))),
    (10, (DAY(2021, 12, 6), DAY(2023, 9, 1))),
)
AGREEMENTS = ((26, (DAY(2019, 9, 2), DAY(2021, 11, 26))), (16, (DAY(2022, 1, 10), DAY(2023, 9, 1))))
COACHINGS = ((32, (DAY(2019, 5, 6), DAY(2021, 11, 26))), (18, (DAY(2021, 12, 6), DAY(2023, 9, 1))))
ANALYSES_2021, ANALYSES_2022 = (DAY(2021, 4, 12), DAY(2021, 6, 25)), (DAY(2022, 2, 1), DAY(2022, 11, 25))
DISTRICTS_2021 = 8
BESIDE = (("coordinator_hired", 26), ("strategy_adopted", 14), ("project_started", 34), ("council_resolution", 30), ("report_published", 10))
SHARE_OF_MEMBERS_ONLY = 0.15
TERM = 60
"""Months for which a made-up agreement holds."""
POLICE = {
    "Polizeidirektion Chemnitz": ("14511", "14521", "14522"),
    "Polizeidirektion Zwickau": ("14523", "14524"),
    "Polizeidirektion Dresden": ("14612", "14627", "14628"),
    "Polizeidirektion Görlitz": ("14625", "14626"),
    "Polizeidirektion Leipzig": ("14713", "14729", "14730"),
}


class Plan:
    """Draws municipalities and days from one seed."""

    def __init__(self, reader: EventReader) -> None:
        """Start with nobody advised."""
        self.reader = reader
        self.random = random.Random(SEED)  # noqa: S311 -- an example, not a secret
        self.advised: dict[str, dt.date] = {}
        self.taken: dict[str, set[str]] = {}
        self.places = {m.ags: m for m in sorted(reader.places.by_key.values(), key=lambda m: m.ags)}

    def find(self, name: str) -> str:
        """Give the key of a municipality of today by name."""
        return self.reader.places.find(name, self.reader.today).ags

    def day(self, window: Window) -> dt.date:
        """Draw a working day."""
        first, last = window
        drawn = first + dt.timedelta(days=self.random.randint(0, (last - first).days))
        return drawn - dt.timedelta(days=max(0, drawn.weekday() - 4)) if drawn.weekday() > 4 and drawn.weekday() - 4 <= (drawn - first).days else drawn

    def draft(self, kind: str, day: dt.date, keys: Iterable[str], **more: object) -> EventDraft:
        """Make an event of the state council about some municipalities."""
        fields = sorted({f.key: f for f in self.reader.fields.values()}.values(), key=lambda f: f.position)
        return EventDraft(
            kind=self.reader.kinds[fold(kind.replace("_", " "))],
            span=Span(day),
            owner=self.reader.state_council,
            municipalities=tuple(self.places[key] for key in keys),
            fields=tuple(self.random.sample(fields, self.random.choice((1, 1, 2)))),
            reported_by=ReportedBy.STATE_COUNCIL,
            status=Confirmation.CONFIRMED,
            visibility=Visibility.ALLIANCE if self.random.random() < SHARE_OF_MEMBERS_ONLY else Visibility.PUBLIC,
            **more,  # type: ignore[arg-type] # -- fields of the draft by name
        )

    def choose(self, count: int, kind: str, window: Window, pool: Sequence[str]) -> Iterator[tuple[str, dt.date]]:
        """Draw municipalities that had been advised, each once for a kind, and a day after that."""
        taken = self.taken.setdefault(kind, set())
        fitting = [key for key in pool if key not in taken and self.advised[key] + dt.timedelta(days=14) <= window[1]]
        for key in self.random.sample(fitting, count):
            taken.add(key)
            yield key, self.day((max(window[0], self.advised[key] + dt.timedelta(days=14)), window[1]))


def made_up(reader: EventReader) -> list[EventDraft]:
    """Give the made-up events; the same for every call."""
    plan = Plan(reader)
    drafts = [*_consultations(plan), *_councils(plan), *_agreements(plan), *_coachings(plan), *_analyses(plan), *_beside(plan)]
    return sorted(drafts, key=lambda d: (d.span, d.kind.key, d.municipalities[0].ags if d.municipalities else ""))


def _consultations(plan: Plan) -> Iterator[EventDraft]:
    for key in MODELS:
        plan.advised[key] = DAY(2019, 2, 6)
    plan.advised[plan.find("Seifhennersdorf")] = DAY(2021, 1, 18)
    named = {plan.find(name) for names in NAMED for name in names}
    others = [
        m.ags
        for m in plan.places.values()
        if m.exists_on(plan.reader.today) and m.valid_from == dt.date.min and m.ags not in named and m.ags not in plan.advised and (m.population or 0) > 2500
    ]
    plan.random.shuffle(others)
    for (count, window), names in zip(WINDOWS, NAMED, strict=True):
        keys = [plan.find(name) for name in names]
        for key in keys + [others.pop() for _ in range(count - len(keys))]:
            plan.advised[key] = plan.day(window)
    known = plan.find("Seifhennersdorf")
    yield from (plan.draft("consultation", day, [key]) for key, day in plan.advised.items() if key != known)


def _councils(plan: Plan) -> Iterator[EventDraft]:
    plan.taken["council"] = {plan.find("Görlitz")}
    for count, window in COUNCILS:
        for key, day in plan.choose(count, "council", window, list(plan.advised)):
            yield plan.draft(plan.random.choice(("council_constituted", "council_constituted", "council_reactivated")), day, [key])
    for district in ("14522", "14523"):
        yield plan.draft("council_constituted", plan.day((DAY(2020, 9, 1), DAY(2021, 10, 29))), [], parties=(_district(plan, district),))


def _agreements(plan: Plan) -> Iterator[EventDraft]:
    facts = ("Görlitz", "Frankenberg/Sa.", "Torgau", "Bannewitz", *NAMED[2])
    plan.taken["agreement"] = {plan.find(name) for name in facts}
    council = plan.reader.state_council
    for count, window in AGREEMENTS:
        for key, day in plan.choose(count, "agreement", window, list(plan.advised)):
            earliest = DAY(2021, 10, 1) if key == plan.find("Oelsnitz/Erzgeb.") else day
            signed = max(day, earliest)
            end = add_months(signed, TERM) - dt.timedelta(days=1)
            yield plan.draft("agreement_signed", signed, [key], parties=(_police(plan, plan.places[key]), council), valid_until=end)


def _coachings(plan: Plan) -> Iterator[EventDraft]:
    for count, window in COACHINGS:
        for key, day in plan.choose(count, "coaching", window, list(plan.advised)):
            yield plan.draft("coaching_started", day, [key])


def _analyses(plan: Plan) -> Iterator[EventDraft]:
    plan.taken["analysis"] = {plan.find(name) for name in ("Annaberg-Buchholz", "Bannewitz", "Weißwasser", "Görlitz", "Plauen", "Hoyerswerda")}
    known = [plan.find("Görlitz"), plan.find("Plauen")]
    pool = [key for key in plan.advised if plan.places[key].district_id in _eight_districts(plan, known)]
    drawn = list(plan.choose(11, "analysis", ANALYSES_2021, _spread(plan, pool, known)))
    yield plan.draft("analysis_started", drawn[0][1], [drawn[0][0], drawn[1][0]])
    yield from (plan.draft("analysis_started", day, [key]) for key, day in drawn[2:])
    yield from (plan.draft("analysis_started", plan.day(ANALYSES_2021), [key]) for key in known)
    yield plan.draft("analysis_started", DAY(2022, 3, 14), [plan.find("Hoyerswerda")])
    for key, day in plan.choose(11, "analysis", ANALYSES_2022, list(plan.advised)):
        yield plan.draft("analysis_started", day, [key])


def _eight_districts(plan: Plan, known: Sequence[str]) -> set[str]:
    first = [plan.places[key].district_id for key in known]
    others = sorted({plan.places[key].district_id for key in plan.advised} - set(first) - {"14511", "14612", "14713"})
    return {*first, *others[: DISTRICTS_2021 - len(first)]}


def _spread(plan: Plan, pool: Sequence[str], known: Sequence[str]) -> list[str]:
    """Give eleven municipalities so that every district has one, the joint analysis within one district."""
    early = [key for key in pool if key not in plan.taken["analysis"] and plan.advised[key] < DAY(2021, 3, 1)]
    by_district: dict[str, list[str]] = {}
    for key in early:
        by_district.setdefault(plan.places[key].district_id, []).append(key)
    covered = {plan.places[key].district_id for key in known}
    chosen = [keys[0] for district, keys in sorted(by_district.items()) if district not in covered]
    rest = [key for keys in by_district.values() for key in keys if key not in chosen]
    return (chosen + rest)[:11]


def _beside(plan: Plan) -> Iterator[EventDraft]:
    plan.taken["coordinator_hired"] = {plan.find("Görlitz")}
    for kind, count in BESIDE:
        for key, day in plan.choose(count, kind, (DAY(2019, 6, 3), DAY(2023, 9, 1)), list(plan.advised)):
            yield plan.draft(kind, day, [key])


def _police(plan: Plan, place: Municipality) -> Organisation:
    name = next(name for name, districts in POLICE.items() if place.district_id in districts)
    return plan.reader.parties[fold(name)]


def _district(plan: Plan, key: str) -> Organisation:
    return next(o for o in plan.reader.parties.values() if o.district_id == key)
