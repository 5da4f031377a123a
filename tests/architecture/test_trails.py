# SPDX-License-Identifier: EUPL-1.2
"""Whatever somebody changes leaves a trace: every model has a history or says why not, and every verb records."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

import asskomm
from asskomm.core.audit import TRAILS

PACKAGE = Path(asskomm.__file__).parent
OF_TRAIL = {
    "events": {"alliance.Event", "alliance.EventShare", "alliance.Event_municipalities", "alliance.Event_parties", "alliance.Event_fields"},
    "next_contacts": {"alliance.NextContact"},
    "gatherings": {
        *("events.Gathering", "events.GatheringShare", "events.Places", "events.SessionPlaces", "events.AgendaItem", "events.ActionItem", "events.DoorPass"),
        *("events.HeadCount", "events.Question"),
        *("events.MeetingRoom", "events.ProgrammeVersion", "events.Track"),
        *("events.Fair", "events.Spot", "events.StandPlaces"),
    },
    "sessions": {"events.Session", "events.Session_fields", "events.Speaking"},
    "speakers": {"events.Speaker"},
    "registrations": {"events.Registration", "events.Attendance", "events.Seat", "events.Wish"},
    "invitations": {"events.Invitation", "events.Slides"},
    "polls": {"events.DatePoll", "events.PollOption"},
    "stands": {"events.Stand", "events.StandFile"},
    "pictures": {"events.Picture"},
    "calls": {"events.Call", "events.CallQuestion", "events.Reviewer", "events.Reviewer_tracks"},
    "proposals": {"events.Proposal", "events.CoSpeaker", "events.Review"},
    "files": {"imports.Batch"},
    "municipalities": {"territory.Municipality"},
    "organisations": {"people.Organisation", "people.Relation", "people.Profile"},
    "persons": {"people.Person", "people.Function", "people.Account", "people.DifferentPersons"},
    "tokens": {"people.ApiToken"},
    "calendar_feeds": {"people.CalendarFeed"},
    "addresses": {"mail.Address", "mail.Unsubscription"},
    "targets": {"publishing.FigureTarget"},
    "press": {"publishing.PressSheet", "publishing.PressFigure", "publishing.PressQuote"},
}
WITHOUT = {
    "the log itself": {"audit.Entry", "audit.Content", "audit.Seal", "audit.SealedEntry"},
    "worked out from events": {"alliance.CountChange", "alliance.StatusInterval", "alliance.Wave"},
    "what is left of a function whose person is forgotten": {"people.FormerPost"},
    "shipped with the program": {"alliance.EventKind", "library.FieldOfAction", "territory.District", "territory.Measure"},
    "comes by file, and the file has a history": {
        *("imports.MadeObject", "imports.RejectedRow", "provenance.Source"),
        *("territory.Boundary", "territory.BoundarySet", "territory.OfficialFigure"),
    },
    "says itself who issued it and when it was used": {"people.OneTimeLink"},
    "an open session, gone soon": {"people.Device"},
    "may tell of somebody's health, and goes two weeks later": {"events.Needs"},
    "says what somebody costs, and goes eight weeks later": {"events.Expenses"},
    "has a log of its own": {"jobs.Job", "jobs.JobLine", "jobs.ScheduleState", "jobs.WorkerBeat", "mail.Mail", "people.Reminder"},
    "made anew from what it indexes": {"search.IndexChange", "search.IndexedDocument", "search.Posting", "search.Term"},
    "worked out from registrations": {"events.Visit", "events.AttendanceCount"},
    "answers without a name, of which nobody knows whose they are": {"events.Feedback"},
    "says when somebody has time, and goes weeks later": {"events.PollVote", "events.PollVoter"},
    "tells nothing without the paper": {"events.Certificate"},
    "written by the verbs that record": {"merging.Merge", "retention.Deletion"},
    "a counter or a note of the installation": {"backup.TakenBackup", "installation.Installation", "publishing.PressYear"},
}
RECORDING = {"record", "record_keys", "forget"}
SILENT = {
    "core/imports/domain/looking.py:note_look": "is itself a note that somebody looked",
    "people/domain/invitations.py:appoint_and_invite": "joins two verbs that record",
    "events/domain/workshops.py:enrol_in": "joins a verb that records",
    "events/domain/workshops.py:take_out": "joins a verb that records",
    "events/domain/merging_notes.py:merge_notes": "passes each note to a verb that records",
    "events/domain/ticking_off.py:was_there": "passes each person to a verb that records",
    "events/domain/ticking_off.py:was_not_there": "passes each person to a verb that records",
    "core/jobs/domain/orders.py:order": "jobs have a log of their own",
    "alliance/domain/waves.py:bring_in": "the events were recorded when they were staged",
    "alliance/domain/waves.py:take_out": "settling records each withdrawal",
}


def test_every_model_has_a_history_or_says_why_not() -> None:
    ours = {model._meta.label for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("asskomm.")}
    assert set(TRAILS.keys()) == OF_TRAIL.keys()
    assert ours == set().union(*OF_TRAIL.values(), *WITHOUT.values())


def test_a_link_leads_to_every_history() -> None:
    """Each kind of object has a page that leads on to what was done to it; an address has none."""
    templates = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("templates/**/*.html"))
    named = set(re.findall(r"""audit/(?:small_)?link\.html" with kind="(\w+)"|'audit:history' '(\w+)'""", templates))
    assert {kind for pair in named for kind in pair if kind} == set(TRAILS.keys()) - {"addresses"}


def _verbs() -> list[str]:
    """Give every public function of a `domain` that is told who does it, as path and name."""
    bodies = ((path, node) for path in sorted(PACKAGE.rglob("domain/*.py")) for node in ast.parse(path.read_text(encoding="utf-8")).body)
    functions = ((path, node) for path, node in bodies if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))
    return [f"{path.relative_to(PACKAGE)}:{node.name}" for path, node in functions if "by" in {arg.arg for arg in node.args.kwonlyargs}]


def _calls(path: Path) -> dict[str, set[str]]:
    """Give for each function of a module the names that it calls."""
    functions = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return {f.name: {n.func.id for n in ast.walk(f) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)} for f in functions}


@pytest.mark.parametrize("verb", [verb for verb in _verbs() if not verb.startswith("core/audit/")])
def test_every_verb_records(verb: str) -> None:
    path, name = verb.split(":")
    calls, reached, waiting = _calls(PACKAGE / path), set[str](), [name]
    while waiting:
        called = calls.get(waiting.pop(), set()) - reached
        reached |= called
        waiting += called
    assert (reached & RECORDING == set()) is (verb in SILENT)


def test_the_verbs_are_found() -> None:
    assert {"alliance/domain/events.py:record_event", "people/domain/accounts.py:appoint", "publishing/domain/press.py:release_sheet"} <= set(_verbs())
    assert set(_verbs()) >= SILENT.keys()
