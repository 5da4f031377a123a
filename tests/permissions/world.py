# SPDX-License-Identifier: EUPL-1.2
"""A small alliance in which every event and every person carries words that occur nowhere else."""

import datetime as dt
import io
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pymupdf
from django.db.models import QuerySet

from asskomm.alliance.domain.events import confirm_event, correct_event, record_event, withdraw_event
from asskomm.alliance.models import Event
from asskomm.core.audit.models import Entry
from asskomm.core.clock import BERLIN, clock
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.models import Job
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility, allowed
from asskomm.events.domain.applying import Shown, apply_for_stand, hand_in_poster
from asskomm.events.domain.calling import CallFacts, call_for_sessions
from asskomm.events.domain.choosing import choose
from asskomm.events.domain.contributing import Contribution, accept_invitation, hand_in_slides
from asskomm.events.domain.counting_by_hand import Counted, count_by_hand
from asskomm.events.domain.expenses import Claim, claim_of
from asskomm.events.domain.fairs import Offer, assign_spots, draw_hall, offer_stands
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering, publish_gathering
from asskomm.events.domain.inviting import Invitee, invite_speaker
from asskomm.events.domain.pictures import add_picture
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts, add_room, add_session, add_speaker, add_track
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.proposing import Said, begin_draft, submit
from asskomm.events.domain.registering import Applicant, confirm, register
from asskomm.events.domain.reviewing import name_reviewer
from asskomm.events.domain.stand_decisions import accept_stands
from asskomm.events.domain.workshops import set_places
from asskomm.events.models import Call, Gathering, Invitation, Proposal, Stand
from asskomm.people.domain.accounts import appoint, end_functions
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, Function, Person
from asskomm.publishing.domain.press import add_quote, draft_sheet, edit_sheet, release_quote, release_sheet
from asskomm.publishing.models import PressSheet
from tests.events.making import photo
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, OLBERNHAU, PFAFFRODA, body, draft

_WORDS = "notiz|quelle|dokument|person|auftrag|protokoll|presse|zitat|treffen|gast|ada|beitrag|geplant|aufruf|vorschlag|satz|technik|reise|folien"
CANARY = re.compile(rf"(?:{_WORDS})k\d+q")
EARLIER = dt.datetime(2024, 5, 1, 12, tzinfo=BERLIN)
LATER = dt.datetime(2024, 6, 1, 12, tzinfo=BERLIN)
BETWEEN = "15.05.2024"
POLICE, COACHES, MINISTRY = "Polizeidirektion Görlitz", "Institut B3", "Sächsisches Staatsministerium des Innern"
KINDS = {
    Visibility.PRIVATE: "agreement_signed",
    Visibility.PARTNERS: "council_constituted",
    Visibility.ALLIANCE: "consultation",
    Visibility.PUBLIC: "first_contact",
}
OWNERS = {COUNCIL: GOERLITZ, GOERLITZ: GOERLITZ, FRANKENBERG: FRANKENBERG}
PARTNERS = {COUNCIL: (COACHES, FRANKENBERG), GOERLITZ: (POLICE, COUNCIL), FRANKENBERG: (GOERLITZ,)}


@dataclass
class World:
    """Accounts and canaries of persons by role."""

    accounts: dict[str, Account | None] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def principal(self, role: str) -> Principal:
        """Give the rights of a role."""
        account = self.accounts[role]
        return principal_of(account, clock.today()) if account else ANYONE

    def words(self) -> dict[str, str]:
        """Give note, source and document that occur nowhere else."""
        number = f"k{next(self.numbers)}q"
        return {"note": f"notiz{number}", "source": f"quelle{number}", "document_url": f"https://example.org/dokument{number}"}

    def add(self, kind: str, day: str, *keys: str, partners: tuple[str, ...] = (), **more: Any) -> Event:
        """Record an event with canaries."""
        return record_event(draft(kind, day, *keys, partners=tuple(map(body, partners)), **self.words(), **more), by=SYSTEM)

    def visible(self, role: str) -> set[str]:
        """Give the references of the events that a role may see."""
        return set(Event.objects.current().visible_to(self.principal(role)).values_list("reference", flat=True))

    def expected(self, role: str) -> set[str]:
        """Give every canary that a role meets."""
        seen = {canary for event in Event.objects.current().visible_to(self.principal(role)) for canary in canaries(event)}
        if not self.principal(role).roles:  # without a function she is nobody here
            return seen | self._press(role) | self._gatherings(role)
        own = {self.persons[role]} if role in self.persons else set()
        return (
            seen
            | own
            | self._jobs(role)
            | self._press(role)
            | self._gatherings(role)
            | self._acting(role)
            | (self._colleagues() if self.principal(role).is_member else set())
        )

    def earlier(self, role: str) -> set[str]:
        """Give the canaries of closed versions that a role may meet where the past is shown: she may see that version and the newest."""
        rows = Event.objects.visible_to(self.principal(role)).order_by("version")
        last = {event.reference: event for event in Event.objects.order_by("version")}
        return {canary for event in rows if last[event.reference] in rows for canary in canaries(event)}

    def _jobs(self, role: str) -> set[str]:
        """Everybody sees her own jobs, the administrator all."""
        found = Job.objects.all() if role == "administrator" else Job.objects.filter(account=account.pk if (account := self.accounts[role]) else 0)
        return {canary for job in found for text in (job.title, *map(str, job.lines.all())) for canary in CANARY.findall(text)}

    def _press(self, role: str) -> set[str]:
        """Everybody sees what is released and no longer embargoed, the state council all."""
        found = [sheet for sheet in PressSheet.objects.all() if role == "state council" or (sheet.released and not sheet.embargoed)]
        said = [text for sheet in found for text in (sheet.text, sheet.background, sheet.contact, *(quote.text for quote in sheet.quotes.all()))]
        return {canary for text in said for canary in CANARY.findall(text)}

    def _gatherings(self, role: str) -> set[str]:
        """Everybody sees the invitations that are for her; who comes is for those who invite."""
        principal = self.principal(role)
        found = Gathering.objects.visible_to(principal)
        guests = [row.name for gathering in found if allowed("events.see_participants", principal, gathering) for row in gathering.registrations.all()]
        own = [gathering for gathering in found if allowed("events.change", principal, gathering)]
        planned = [text for gathering in own for row in gathering.sessions.all() for text in (row.title, row.abstract)]
        mails = [speaker.email for gathering in own for speaker in gathering.speakers.all()]
        asked = [row for gathering in own for row in Invitation.objects.filter(session__gathering=gathering)]
        answers = [text for row in asked for text in (row.note, row.technology, claim_of(row).travel, *map(str, row.session.slides.all()))]
        applied = [row for gathering in own for row in Stand.objects.with_all().filter(fair__gathering=gathering)]
        shown = [row for gathering in found for row in Stand.objects.accepted().with_all().filter(fair__gathering=gathering)]
        stands = [text for row in applied for text in (row.organisation, row.title, row.summary, row.name, row.email, row.note)]
        stands += [text for row in shown for text in (row.organisation, row.title, row.summary, row.file.alternative)]
        pictures = [text for gathering in own for row in gathering.pictures.all() for text in (row.alternative, row.credit)]
        proposed = [text for gathering in own for row in Proposal.objects.handed_in().filter(call__gathering=gathering) for text in (row.name, row.title)]
        released = [json.dumps(version.content) for gathering in found for version in gathering.programme_versions.all()]
        own_texts = (*guests, *planned, *mails, *answers, *stands, *pictures, *proposed)
        texts = (*(gathering.summary for gathering in found), *own_texts, *self._called(role, found), *released)
        return {canary for text in texts for canary in CANARY.findall(text)}

    def _called(self, role: str, found: QuerySet[Gathering]) -> list[str]:
        """Everybody reads a call of what is published, those who organise theirs before too; whoever reviews reads what was proposed, here without names."""
        principal = self.principal(role)
        calls = Call.objects.select_related("gathering").filter(gathering__in=found)
        texts = [row.text for row in calls if row.gathering.published or allowed("events.change", principal, row.gathering)]
        reviewed = Call.objects.filter(reviewers__account=principal.account or 0)
        titles = Proposal.objects.handed_in().filter(call__in=reviewed).values_list("title", flat=True)
        return [*texts, *reviewed.values_list("text", flat=True), *titles]

    def _acting(self, role: str) -> set[str]:
        """The administrator reads in the log who has done something."""
        acting = set(Entry.objects.values_list("account", flat=True)) if role == "administrator" else set()
        return {canary for name in Person.objects.filter(account__in=acting).values_list("family_name", flat=True) for canary in CANARY.findall(name)}

    def _colleagues(self) -> set[str]:
        serving = Function.objects.on(clock.today()).values_list("person__family_name", flat=True)
        return {name for name in serving if CANARY.fullmatch(name)}


def canaries(event: Event) -> list[str]:
    """Give the canaries of an event."""
    return CANARY.findall(f"{event.note} {event.source} {event.document_url}")


APPOINTED = {
    "coordinator of A": ("coordinator", GOERLITZ),
    "coordinator of B": ("coordinator", FRANKENBERG),
    "mayor": ("mayor", OLBERNHAU),
    "police": ("police", POLICE),
    "district": ("district", "Landkreis Görlitz"),
    "coach": ("coach", COACHES),
    "state council": ("state_council", COUNCIL),
    "administrator": ("administrator", MINISTRY),
    "former coordinator of A": ("coordinator", GOERLITZ),
}
ROLES = ("anyone", *APPOINTED, "without function")


def build() -> World:
    """Record everybody and everything."""
    world = World(accounts={"anyone": None})
    for role, (function, organisation) in APPOINTED.items():
        world.accounts[role] = _appoint(world, role, function, organisation)
    end_functions(email="former-coordinator-of-a@example.org", last_day=dt.date(2020, 12, 31), by=SYSTEM)
    world.accounts["without function"] = _account(world)
    _order_jobs(world)
    with clock.moved_to(EARLIER):
        _add_events(world)
        narrowed, widened, withdrawn = _add_changing(world)
    with clock.moved_to(LATER):
        _change(world, narrowed, "agreement_signed", Visibility.PRIVATE)
        _change(world, widened, "coaching_started", Visibility.PUBLIC)
        withdraw_event(withdrawn, by=SYSTEM)
    _invite(world)
    _look_back(world)
    _write_press(world)  # last, so that whoever acts stands on the first page of the log
    return world


def _appoint(world: World, role: str, function: str, organisation: str) -> Account:
    world.persons[role] = f"personk{next(world.numbers)}q"
    return appoint(
        email=f"{role.lower().replace(' ', '-')}@example.org",
        given_name=f"Kim{next(world.numbers)}",  # of two with names alike the state council is asked whether they are one
        family_name=world.persons[role],
        role=FunctionRole(function),
        organisation=body(organisation),
        start=dt.date(2019, 1, 1),
        by=SYSTEM,
    )


def _account(world: World) -> Account:
    world.persons["without function"] = f"personk{next(world.numbers)}q"
    person = Person.objects.create(given_name=f"Kim{next(world.numbers)}", family_name=world.persons["without function"])
    return Account.objects.create(email="without-function@example.org", person=person)


def _order_jobs(world: World) -> None:
    for account in filter(None, world.accounts.values()):
        number = next(world.numbers)
        job = orders.order("retention.delete", by=Principal(account=account.pk), title=f"auftragk{number}q", not_before=clock.now() + dt.timedelta(days=1))
        orders.say(job, f"protokollk{number}q")


def _write_press(world: World) -> None:
    """A draft, one that is embargoed, one whose embargo is over, and one without; the quote of the draft waits."""
    council = world.principal("state council")
    hours = {"draft": 1, "embargoed": 1, "over": -1, "public": 0}
    for name, ahead in hours.items():
        sheet = draft_sheet(dt.date(2022, 2, 1), dt.date(2024, 3, 1), by=council)
        until = clock.now() + dt.timedelta(hours=ahead) if ahead else None
        text, background, contact = (f"pressek{next(world.numbers)}q" for _ in range(3))
        words = {"headline": f"Zahlen {name}", "text": text, "background": background, "contact": contact}
        edit_sheet(sheet, **words, embargo_until=until, funded=True, by=council)
        quote = add_quote(sheet, speaker="Kim Muster", function="", text=f"zitatk{next(world.numbers)}q", by=council)
        if name != "draft":
            release_quote(quote, by=council)
            release_sheet(sheet, by=council)


def _invite(world: World) -> None:
    """Of each who invites a gathering for each audience, with a guest, and a draft."""
    begins = clock.now() + dt.timedelta(days=90)
    for owner in (COUNCIL, GOERLITZ):
        for visibility in (None, Visibility.PRIVATE, Visibility.ALLIANCE, Visibility.PUBLIC):
            facts = Facts(
                kind="conference",
                title=f"Fachtag {visibility}",
                place="Dresden",
                starts_at=begins,
                ends_at=begins + dt.timedelta(hours=3),
                summary=f"treffenk{next(world.numbers)}q",
                visibility=visibility or Visibility.PUBLIC,
            )
            gathering = draft_gathering(facts, Room(5), owner=body(owner), by=SYSTEM)
            if visibility is not None:
                gathering = publish_gathering(gathering, by=SYSTEM)
                register(gathering, Applicant(f"gastk{next(world.numbers)}q", "gast@stadt.example", "other"), by=SYSTEM)
            _plan(world, gathering)
            if gathering.published:
                _show(world, gathering)
            for guest in gathering.registrations.all():
                choose(confirm(guest, by=SYSTEM), gathering.sessions.get(places__isnull=False).reference, by=SYSTEM)


def _look_back(world: World) -> None:
    """Of each who invites a gathering that is over, whose numbers were counted by hand; its title is for those who see it."""
    ended = clock.now() - dt.timedelta(days=90)
    for owner in (COUNCIL, GOERLITZ):
        for visibility in (Visibility.PRIVATE, Visibility.ALLIANCE, Visibility.PUBLIC):
            word = f"treffenk{next(world.numbers)}q"
            facts = Facts("conference", f"Früherer Fachtag {word}", "Dresden", ended - dt.timedelta(hours=3), ended, word, visibility=visibility)
            gathering = publish_gathering(draft_gathering(facts, Room(), owner=body(owner), by=SYSTEM), by=SYSTEM)
            _plan(world, gathering)
            count_by_hand(gathering, Counted({"municipality": 3}, municipalities=2), by=SYSTEM)
            seen, who = f"bildk{next(world.numbers)}q", f"fotok{next(world.numbers)}q"
            add_picture(gathering, "bild.jpg", io.BytesIO(photo()), alternative=seen, credit=who, agreed=True, by=SYSTEM)


def _plan(world: World, gathering: Gathering) -> None:
    """A session that is released with the programme, where the gathering is published, and one that only those who plan know."""
    add_room(gathering, "Saal", by=SYSTEM)
    add_track(gathering, "Jugend", by=SYSTEM)
    speaker = add_speaker(gathering, SpeakerFacts("Ada Muster", f"adak{next(world.numbers)}q@stadt.example"), by=SYSTEM)
    slot = Slot(gathering.starts_at, gathering.ends_at)
    add_session(gathering, SessionFacts("talk", "Erster Beitrag", f"beitragk{next(world.numbers)}q", speakers=[speaker]), slot, by=SYSTEM)
    if gathering.places.exists():
        set_places(add_session(gathering, SessionFacts("workshop", "Erster Workshop"), slot, by=SYSTEM), 3, by=SYSTEM)
    if gathering.published:
        release_programme(gathering, knowing_conflicts=True, by=SYSTEM)
    add_session(gathering, SessionFacts("talk", f"geplantk{next(world.numbers)}q"), by=SYSTEM)
    if gathering.starts_at > clock.now():
        _ask(world, gathering)
        _call(world, gathering)


def _call(world: World, gathering: Gathering) -> None:
    """A call that is read by whoever sees the gathering; a proposal and a draft; and somebody of another house who reviews without names."""
    numbers = [next(world.numbers) for _word in range(4)]
    call = call_for_sessions(gathering, CallFacts(f"aufrufk{numbers[0]}q", clock.today() + dt.timedelta(days=30), ["talk"], nameless=True), by=SYSTEM)
    reviewer = world.accounts["coach"]
    if reviewer is not None and gathering.owner.name == COUNCIL:
        name_reviewer(call, reviewer, by=SYSTEM)
    if gathering.published:
        begin_draft(call, Said(title=f"vorschlagk{numbers[1]}q"), by=ANYONE)
        said = Said(f"vorschlagk{numbers[2]}q", "eva@dorf.example", "", "talk", f"vorschlagk{numbers[3]}q", "Was half.")
        submit(begin_draft(call, Said(name="E"), by=ANYONE), said, by=ANYONE)


def _ask(world: World, gathering: Gathering) -> None:
    """Somebody who is asked to contribute, says yes and hands in slides that nobody else may see."""
    numbers = [next(world.numbers) for _word in range(5)]
    invitee = Invitee("Ben Muster", f"adak{numbers[0]}q@stadt.example", f"geplantk{numbers[1]}q", "talk", f"satzk{numbers[2]}q")
    invitation = invite_speaker(gathering, invitee, by=SYSTEM)
    said = Contribution(invitee.topic, technology=f"technikk{numbers[3]}q", claim=Claim(Decimal(99), f"reisek{numbers[4]}q"))
    accept_invitation(invitation, said, by=ANYONE)
    hand_in_slides(invitation, f"folienk{next(world.numbers)}q.pdf", io.BytesIO(minimal_pdf()), documented=True, by=ANYONE)


def _show(world: World, gathering: Gathering) -> None:
    """Two who apply for a poster, of whom one gets a place."""
    offer_stands(gathering, Offer({"poster": 3}, gathering.starts_at.date()), by=SYSTEM)
    for accepted in (False, True):
        organisation, title, summary, name, note = (f"{word}k{next(world.numbers)}q" for word in ("haus", "stand", "text", "stellt", "bedarf"))
        shown = Shown(organisation, title, summary, name, tables=1, power=True, note=note)
        row = apply_for_stand(gathering, "poster", shown, f"standk{next(world.numbers)}q@stadt.example", by=ANYONE)
        if accepted:
            accept_stands(gathering, [row.reference], by=SYSTEM)
            hand_in_poster(row, "poster.jpg", io.BytesIO(photo()), f"posterk{next(world.numbers)}q", by=ANYONE)
    draw_hall(gathering, 2, 1, [(1, 1), (1, 2)], by=SYSTEM)
    assign_spots(gathering, {row.reference: 2}, by=SYSTEM)


def minimal_pdf() -> bytes:
    """Give slides without a page that can be read."""
    with pymupdf.open() as document:  # type: ignore[no-untyped-call]
        document.new_page()
        return bytes(document.tobytes())


def _add_events(world: World) -> None:
    for day, (owner, key) in enumerate(OWNERS.items(), 1):
        for visibility, kind in KINDS.items():
            partners = PARTNERS[owner] if visibility is Visibility.PARTNERS else ()
            world.add(kind, f"{day:02}.02.2022", key, owner=owner, visibility=visibility, partners=partners)
        world.add("coaching_started", f"{day:02}.03.2022", key, owner=owner, visibility=Visibility.PARTNERS)
    world.add("agreement_signed", "01.04.2022", OLBERNHAU)
    world.add("agreement_ended", "01.05.2023", OLBERNHAU, visibility=Visibility.PRIVATE)
    world.add("analysis_started", "01.06.2022", OLBERNHAU, owner=OLBERNHAU, visibility=Visibility.PARTNERS, partners=(COACHES,))
    world.add("consultation", "01.06.2016", PFAFFRODA, owner=OLBERNHAU, visibility=Visibility.PRIVATE)
    _add_statewide(world)


def _add_statewide(world: World) -> None:
    private = Visibility.PRIVATE
    measures = (("participants", 99), ("municipalities", 7), ("sessions", 5), ("police_share", 0.5))
    world.add("conference_held", "01.02.2024", measures=measures, visibility=private)
    world.add("conference_held", "01.02.2023", measures=measures)
    world.add("budget_provided", "01.01.2024", measures=(("year", 2024),), amount="1000", visibility=private)
    world.add("budget_provided", "02.01.2024", measures=(("year", 2024),), amount="2000")
    world.add("state_total", "03.01.2024", measures=(("advised", 150), ("agreements", 60)), visibility=private)
    world.add("state_total", "03.01.2023", measures=(("advised", 140), ("councils", 30)))
    district = (body("Landkreis Görlitz"),)
    world.add("council_constituted", "01.03.2021", parties=district, owner="Landkreis Görlitz", visibility=private)
    world.add("council_reactivated", "01.03.2023", parties=(*district, body("Landkreis Mittelsachsen")))
    confirm_event(world.add("meeting_held", "01.04.2023", visibility=Visibility.ALLIANCE), by=SYSTEM)


def _add_changing(world: World) -> tuple[Event, Event, Event]:
    narrowed = world.add("agreement_signed", "01.07.2022", FRANKENBERG, owner=FRANKENBERG)
    widened = world.add("coaching_started", "01.08.2022", FRANKENBERG, owner=FRANKENBERG, visibility=Visibility.PRIVATE)
    withdrawn = world.add("analysis_started", "01.09.2022", FRANKENBERG, owner=FRANKENBERG, visibility=Visibility.PRIVATE)
    return narrowed, widened, withdrawn


def _change(world: World, event: Event, kind: str, visibility: Visibility) -> None:
    correct_event(event, draft(kind, str(event.span), FRANKENBERG, owner=FRANKENBERG, visibility=visibility, **world.words()), by=SYSTEM)
