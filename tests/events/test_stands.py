# SPDX-License-Identifier: EUPL-1.2
"""Stands and posters: applied for by a link, decided together, never more than there is room for, placed in the hall, forgotten."""

import datetime as dt
import io
import os

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from PIL import Image

from asskomm.core.audit import TRAILS
from asskomm.core.audit.models import Entry
from asskomm.core.backup.domain.taking import kept_files
from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain import applying as verbs
from asskomm.events.domain.applying import Shown, change_stand, hand_in_poster, settle_poster, withdraw_stand
from asskomm.events.domain.fairs import Offer, StandError, assign_spots, draw_hall, offer_stands
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.poster_files import SHELF, PosterError
from asskomm.events.domain.queries.stands import accepted_stands, hall_of, rooms_of, set_up_of
from asskomm.events.domain.stand_decisions import accept_stands, refuse_stands
from asskomm.events.models import Fair, Gathering, Spot, Stand, StandFile, StandPlaces
from tests.events.making import BEFORE, BEGINS, fair, gathering, photo, show
from tests.making import FRANKENBERG, member, work_off

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LAST = dt.date(2027, 6, 30)


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def taken(found: Gathering) -> dict[str, int]:
    return dict(StandPlaces.objects.filter(fair__gathering=found).values_list("kind", "taken"))


def said(**more: object) -> Shown:
    values = {"organisation": "Stadt Musterau", "title": "Sichere Wege", "summary": "Was half.", "name": "Ada Muster", "tables": 1, **more}
    return Shown(**values)  # type: ignore[arg-type]


def yes(found: Gathering, *stands: Stand) -> None:
    accept_stands(found, [stand.reference for stand in stands], by=SYSTEM)


def trail(stand: Stand) -> list[str]:
    return list(Entry.objects.filter(kind="stands", key=stand.reference).order_by("pk").values_list("action", flat=True))


def test_what_can_be_offered() -> None:
    found = gathering(None)
    for offer, sentence in (
        (Offer({}, LAST), "wie viele Stände oder Poster"),
        (Offer({"stand": 0, "poster": 0}, LAST), "wie viele Stände oder Poster"),
        (Offer({"stand": 1}, BEGINS.date() + DAY), "an dem die Veranstaltung beginnt"),
    ):
        with pytest.raises(StandError, match=sentence):
            offer_stands(found, offer, by=SYSTEM)
    _account, stranger = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        offer_stands(found, Offer({"stand": 1}, LAST), by=stranger)
    assert Fair.objects.count() == 0
    offer_stands(found, Offer({"stand": 3}, BEGINS.date(), " Im Foyer. "), by=SYSTEM)
    made = Fair.objects.get()
    assert (str(made), made.note, [(room.kind, room.capacity.value, room.free.value) for room in rooms_of(made)]) == ("Fachtag", "Im Foyer.", [("stand", 3, 3)])


def test_never_fewer_places_than_are_given() -> None:
    found = fair(stands=2)
    yes(found, show(found, "A"), show(found, "B"))
    with pytest.raises(StandError, match=r"Für 2 ist schon zugesagt \(Infostand\)"):
        offer_stands(found, Offer({"stand": 1, "poster": 1}, LAST), by=SYSTEM)
    offer_stands(found, Offer({"stand": 2, "poster": 0}, LAST), by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandPlaces.objects.filter(kind="stand").update(taken=3)


def test_whoever_applies_gets_a_link_once_a_minute_and_is_there_once() -> None:
    found = fair()
    first = show(found, email=" Ada@Stadt.example")
    assert (first.state, first.email, first.agreed_at, trail(first)) == ("applied", "ada@stadt.example", BEFORE, ["created"])
    assert show(found, "sichere wege") == first
    with clock.moved_to(BEFORE + dt.timedelta(minutes=1)):
        assert show(found, "SICHERE WEGE", summary="Anderes") == first
    assert (Mail.objects.filter(kind="stand_applied").count(), Stand.objects.get().summary) == (2, "Was half.")
    others = [show(found, kind="poster"), show(found, "Licht"), show(found, email="ben@stadt.example")]
    assert len({first, *others}) == 4
    withdraw_stand(first, by=ANYONE)
    assert show(found) != first


def test_when_nobody_can_apply() -> None:
    found = fair(posters=0)
    with pytest.raises(StandError, match="kein Platz vorgesehen"):
        show(found, kind="poster")
    with pytest.raises(StandError, match="keine Stände und Poster"):
        show(gathering(None))
    with clock.moved_to(dt.datetime(2027, 6, 30, 23, 0, tzinfo=BEGINS.tzinfo)):
        show(found, "Am letzten Tag")
    with clock.moved_to(dt.datetime(2027, 7, 1, 0, 1, tzinfo=BEGINS.tzinfo)), pytest.raises(StandError, match="zurzeit nicht"):
        show(found, "Zu spät")
    draft = fair(published=False)
    with pytest.raises(StandError, match="zurzeit nicht"):
        show(draft)
    call_off(found, by=SYSTEM)
    with pytest.raises(StandError, match="zurzeit nicht"):
        show(found, "Abgesagt")
    assert Stand.objects.count() == 1


def test_many_applications_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fair()
    monkeypatch.setattr(verbs, "MOST_A_DAY", 2)
    for title in ("A", "B"):
        show(found, title)
    with pytest.raises(StandError, match="sehr viele"):
        show(found, "C")
    show(found, "C", email="ben@stadt.example")
    monkeypatch.setattr(verbs, "MOST_STANDS", 3)
    with pytest.raises(StandError, match="sehr viele"):
        show(found, "D", email="eva@stadt.example")


def test_a_yes_takes_a_place_and_a_no_gives_it_back() -> None:
    found = fair(stands=2, posters=1)
    first, second, third, poster = show(found, "A"), show(found, "B"), show(found, "C"), show(found, "D", "poster")
    yes(found, first, poster)
    assert taken(found) == {"stand": 1, "poster": 1}
    told = r"Art: Infostand\. Frei sind noch 1 von 2 Plätzen, zugesagt werden sollten 2\. Es ist niemandem zugesagt\."
    with pytest.raises(StandError, match=told):
        accept_stands(found, [second.reference, third.reference], by=SYSTEM)
    assert (taken(found), Mail.objects.filter(kind="stand_accepted").count()) == ({"stand": 1, "poster": 1}, 2)
    assert accept_stands(found, [first.reference, second.reference], by=SYSTEM) == 1  # the first had it
    assert accept_stands(found, [first.reference, second.reference], by=SYSTEM) == 0
    assert (taken(found)["stand"], Mail.objects.filter(kind="stand_accepted").count()) == (2, 3)
    assert [refuse_stands(found, [first.reference, third.reference], by=SYSTEM) for _click in range(2)] == [2, 0]
    assert (taken(found)["stand"], trail(first), trail(third)) == (1, ["created", "confirmed", "ended"], ["created", "ended"])
    refused = list(Mail.objects.filter(kind="stand_refused").order_by("pk").values_list("text", flat=True))
    assert ["Zusage zurücknehmen" in text for text in refused] == [True, False]
    yes(found, third)  # after all
    assert taken(found)["stand"] == 2


def test_only_whoever_organises_decides_and_only_here() -> None:
    found, other = fair(), fair()
    stand = show(found)
    _account, stranger = member("coordinator", FRANKENBERG)
    for verb in (accept_stands, refuse_stands):
        with pytest.raises(PermissionDenied):
            verb(found, [stand.reference], by=stranger)
        assert verb(other, [stand.reference], by=SYSTEM) == 0
    for call in (lambda: draw_hall(found, 1, 1, [(1, 1)], by=stranger), lambda: assign_spots(found, {}, by=stranger)):
        with pytest.raises(PermissionDenied):
            call()
    withdraw_stand(stand, by=ANYONE)
    assert accept_stands(found, [stand.reference], by=SYSTEM) == 0
    with pytest.raises(StandError, match="keine Stände und Poster"):
        refuse_stands(gathering(None), [], by=SYSTEM)


def test_she_changes_what_she_said_until_the_end() -> None:
    found = fair()
    stand = show(found)
    for _click in range(2):
        change_stand(stand, said(title="Neue Wege", power=True, note="Rollup"), by=ANYONE)
    row = Stand.objects.get()
    assert (row.title, row.needs, trail(row)) == ("Neue Wege", "1 Tisch, mit Strom, Rollup", ["created", "changed"])
    yes(found, stand)
    change_stand(stand, said(tables=0), by=ANYONE)
    assert Stand.objects.get().needs == "kein Tisch, ohne Strom"
    change_stand(stand, said(tables=3), by=ANYONE)
    assert Stand.objects.get().needs == "3 Tische, ohne Strom"
    with clock.moved_to(found.ends_at), pytest.raises(StandError, match="nicht mehr ändern"):
        change_stand(stand, said(title="Zu spät"), by=ANYONE)
    refuse_stands(found, [stand.reference], by=SYSTEM)
    with pytest.raises(StandError, match="nicht mehr ändern"):
        change_stand(stand, said(title="Abgelehnt"), by=ANYONE)


def test_withdrawing_frees_the_place_even_afterwards() -> None:
    found = fair()
    stand = show(found, kind="poster")
    yes(found, stand)
    draw_hall(found, 2, 1, [(1, 1), (1, 2)], by=SYSTEM)
    assign_spots(found, {stand.reference: 2}, by=SYSTEM)
    hand_in_poster(stand, "p.pdf", io.BytesIO(b"%PDF-1"), "Ein Plan", by=ANYONE)
    with clock.moved_to(found.ends_at + DAY):
        for _click in range(2):
            withdraw_stand(stand, by=ANYONE)
    row = Stand.objects.get()
    assert (row.state, row.spot, taken(found)["poster"], StandFile.objects.count()) == ("withdrawn", None, 0, 0)
    assert (trail(row)[-1], Mail.objects.filter(kind="stand_withdrawn").count()) == ("withdrawn", 1)
    row.delete()
    with pytest.raises(StandError, match="gibt es nicht mehr"):
        withdraw_stand(stand, by=ANYONE)


def test_the_hall_is_numbered_row_by_row_and_keeps_who_stands_there() -> None:
    found = fair(stands=3)
    rows = [show(found, title) for title in "ABC"]
    yes(found, *rows)
    draw_hall(found, 3, 2, [(2, 1), (1, 1), (1, 3), (9, 9)], by=SYSTEM)
    assert list(Spot.objects.values_list("number", "row", "column")) == [(1, 1, 1), (2, 1, 3), (3, 2, 1)]
    assert assign_spots(found, {rows[0].reference: 2, rows[1].reference: 3}, by=SYSTEM) == 2
    assert assign_spots(found, {rows[0].reference: 3, rows[1].reference: 2}, by=SYSTEM) == 2  # they change places
    assert assign_spots(found, {}, by=SYSTEM) == 0
    for wanted, sentence in (({rows[2].reference: 2}, "Platz 2 ist zweimal vergeben"), ({rows[2].reference: 7}, "Einen Platz 7 gibt es")):
        with pytest.raises(StandError, match=sentence):
            assign_spots(found, wanted, by=SYSTEM)
    draw_hall(found, 3, 2, [(1, 1), (1, 2), (1, 3), (2, 1)], by=SYSTEM)
    assert [(row.title, str(row.spot)) for row in accepted_stands(Fair.objects.get())] == [("B", "3"), ("A", "4"), ("C", "None")]
    with pytest.raises(StandError, match="Auf Platz 3 steht „B“"):
        draw_hall(found, 2, 2, [(1, 1), (2, 1)], by=SYSTEM)
    hall = hall_of(Fair.objects.get())
    assert hall is not None
    assert (hall.size, [(cell.at, cell.stand and cell.stand.title) for cell in hall.cells][2:]) == ("300 200", [("200 0", "B"), ("0 100", "A")])
    assert assign_spots(found, {row.reference: None for row in rows}, by=SYSTEM) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Stand.objects.filter(title="C").update(spot=Spot.objects.get(number=1), state="refused")


@pytest.mark.parametrize(("columns", "rows"), [(0, 1), (1, 0), (21, 1), (1, 21)])
def test_a_hall_has_an_end(columns: int, rows: int) -> None:
    with pytest.raises(StandError, match="1 bis 20 Felder"):
        draw_hall(fair(), columns, rows, [], by=SYSTEM)


def test_what_has_to_be_put_up() -> None:
    found = fair(stands=3)
    yes(found, show(found, "A", tables=2, power=True), show(found, "B", tables=1))
    show(found, "C", tables=9, power=True)
    needed = set_up_of(Fair.objects.get())
    assert (needed.tables.value, needed.powered.value, [row.title for row in needed.stands]) == (3, 1, ["A", "B"])


def test_a_poster_is_made_anew_and_says_nothing_of_the_camera() -> None:
    found = fair()
    stand = show(found, kind="poster")
    for name, content in {"p.JPG": photo(size=(4000, 2000)), "p.png": photo("PNG"), "p.webp": photo("WEBP")}.items():
        kept = hand_in_poster(stand, name, io.BytesIO(content), "Ein Platz", by=ANYONE)
        for reference, longest in ((kept.reference, 3000), (kept.preview, 900)):
            raw = SHELF.path_of(reference).read_bytes()
            with Image.open(io.BytesIO(raw)) as picture:
                assert (picture.format, dict(picture.getexif()), picture.info.get("exif"), picture.height > picture.width) == ("JPEG", {}, None, True)
                assert max(picture.size) <= longest
            assert b"Erika" not in raw
        assert (kept.file_name, kept.ending, StandFile.objects.count()) == (name, "jpg", 1)
    assert {f"files/stands/{kept.reference}", f"files/stands/{kept.preview}"} <= set(SHELF.named())
    assert dict(kept_files())[f"files/stands/{kept.reference}"] == settings.DATA_FOLDER / "files" / "stands" / kept.reference


def test_the_same_file_twice_changes_nothing_and_words_change_alone() -> None:
    stand = show(fair(), kind="poster")
    first, second = (hand_in_poster(stand, "p.pdf", io.BytesIO(b"%PDF-1"), "Ein Plan", by=ANYONE) for _click in range(2))
    assert (first.reference, trail(stand)) == (second.reference, ["created", "changed"])
    for _click in range(2):
        settle_poster(stand, "Ein Plan vom Markt", by=ANYONE)
    assert (StandFile.objects.get().alternative, len(trail(stand))) == ("Ein Plan vom Markt", 3)
    for _click in range(2):
        settle_poster(stand, "", remove=True, by=ANYONE)
    assert (StandFile.objects.count(), len(trail(stand))) == (0, 4)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.pdf", photo()),
        ("p.jpg", b"%PDF-1.7"),
        ("p.png", photo()),
        ("p.jpg", photo("PNG")),
        ("p.jpg", photo()[:600]),
        ("p.jpg", b"\xff\xd8\xff\xe0nichts"),
        ("p.gif", b"GIF89a"),
        ("p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("p.png", b""),
        ("p", photo()),
    ],
)
def test_files_that_lie_about_what_they_are(name: str, content: bytes) -> None:
    stand = show(fair(), kind="poster")
    with pytest.raises(PosterError, match="Diese Datei ist kein"):
        hand_in_poster(stand, name, io.BytesIO(content), "x", by=ANYONE)
    assert StandFile.objects.count() == 0


def test_a_stand_has_no_poster_and_a_link_takes_so_many_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fair()
    with pytest.raises(StandError, match="gehört zu einem Poster"):
        hand_in_poster(show(found), "p.pdf", io.BytesIO(b"%PDF-1"), "x", by=ANYONE)
    poster = show(found, kind="poster")
    with pytest.raises(PosterError, match="größer als 15 MB"):
        hand_in_poster(poster, "p.pdf", io.BytesIO(b"%PDF-" + bytes(15 * 1024 * 1024)), "x", by=ANYONE)
    monkeypatch.setattr(verbs, "MOST_A_DAY", 1)
    with pytest.raises(StandError, match="Versuchen Sie es morgen"):
        hand_in_poster(poster, "p.pdf", io.BytesIO(b"%PDF-1"), "x", by=ANYONE)


def test_whoever_applied_hears_that_it_is_called_off_once() -> None:
    found = fair()
    kept, gone = show(found), show(found, "B")
    withdraw_stand(gone, by=ANYONE)
    call_off(found, by=SYSTEM)
    work_off()
    assert list(Mail.objects.filter(kind="stand_off").values_list("address__email", flat=True)) == [kept.email]
    assert "Infostand: Sichere Wege" in Mail.objects.get(kind="stand_off").text


def test_what_is_forgotten_and_what_stays() -> None:
    found = fair()
    kept, open_still, poster = show(found, tables=2, power=True, note="Rollup"), show(found, "B"), show(found, "C", "poster")
    yes(found, kept, poster)
    hand_in_poster(poster, "p.pdf", io.BytesIO(b"%PDF-1"), "Ein Plan", by=ANYONE)
    rule = DELETION_RULES["stands"].delete
    with clock.moved_to(found.ends_at + 56 * DAY):
        assert rule(None) == 0  # type: ignore[arg-type]
    with clock.moved_to(found.ends_at + 57 * DAY):
        assert [rule(None), rule(None)] == [3, 0]  # type: ignore[arg-type]
    assert not Stand.objects.filter(pk=open_still.pk).exists()
    row = Stand.objects.get(pk=kept.pk)
    assert (row.organisation, row.title, row.summary, row.shredded) == ("Stadt Musterau", "Sichere Wege", "Was half.", True)
    assert (row.name, row.email, row.note, row.tables, row.power) == ("", "", "", 0, False)
    assert StandFile.objects.get().stand == poster
    assert accept_stands(found, [kept.reference], by=SYSTEM) == 0
    with pytest.raises(StandError, match="gibt es nicht mehr"):
        withdraw_stand(kept, by=ANYONE)


def test_files_that_nothing_names_go_a_day_later() -> None:
    stand = show(fair(), kind="poster")
    before = hand_in_poster(stand, "p.jpg", io.BytesIO(photo()), "x", by=ANYONE)
    paths = [SHELF.path_of(name) for name in (before.reference, before.preview)]
    now = hand_in_poster(stand, "p.pdf", io.BytesIO(b"%PDF-1"), "x", by=ANYONE)
    yesterday = dt.datetime.now(tz=dt.UTC).timestamp() - 25 * 3600
    for path in (*paths, SHELF.path_of(now.reference)):
        os.utime(path, (yesterday, yesterday))
    DELETION_RULES["stands"].delete(None)  # type: ignore[arg-type]
    assert [path.exists() for path in (*paths, SHELF.path_of(now.reference))] == [False, False, True]


def test_everybody_may_read_what_is_kept_about_her() -> None:
    account, _principal = member("coordinator", FRANKENBERG, email="ada@stadt.example")
    show(fair(), power=True)
    (own,) = SUBJECT_RECORDS["stands"].rows(subject_of(account.pk))
    assert own == {
        "Veranstaltung": "Fachtag",
        "Art": "Infostand",
        "Stand": "noch nicht entschieden",
        "Name": "Ada Muster",
        "Organisation": "Stadt Musterau",
        "Titel": "Sichere Wege",
        "Text": "Was half.",
        "Bedarf": "1 Tisch, mit Strom",
        "Zugestimmt am": "03.05.2027 10:00",
        "Datei": "",
    }


def test_a_history_is_for_those_who_organise() -> None:
    stand = show(fair())
    _account, stranger = member("coordinator", FRANKENBERG)
    _account, own = member("state_council")
    found = [TRAILS["stands"].find(stand.reference, principal) for principal in (own, stranger)]
    assert [subject and subject.title for subject in found] == ["Infostand", None]
