# SPDX-License-Identifier: EUPL-1.2
"""Badges look as those who organise want them: in the sheets, at the printer, and in the picture beside the form."""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace

import pymupdf
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.documents.badges import badge_formats, badge_picture, badges, blank_badges
from asskomm.events.domain.badge_design import BadgeDesign, design_badges, design_of
from asskomm.events.enums import Accent, ParticipantType
from asskomm.events.models import Gathering, Registration
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, confirmed, gathering
from tests.events.test_badges import boxes
from tests.making import FRANKENBERG
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
COLOURS = dict(zip([kind.value for kind in ParticipantType], [accent.value for accent in Accent], strict=True))
FULL = BadgeDesign(participant_type=True, line="Gemeinsam sicher vor Ort", large=True, colours=COLOURS)
BARE = BadgeDesign(organisation=False, code=False)


@pytest.fixture
def found() -> Gathering:
    """A gathering for which Ada has a place."""
    with clock.moved_to(BEFORE):
        made = gathering(9, title="Fachtag 2027")
        confirmed(made, "Ada")
    return made


def people(found: Gathering) -> list[Registration]:
    """One of each type, with an organisation and a name that are long."""
    return [
        Registration(
            gathering=found, name=f"Anna-Katharina von der Musterhausen {number}", organisation="Landesarbeitsgemeinschaft " * 3, participant_type=kind
        )
        for number, kind in enumerate(ParticipantType)
    ]


def drawings(text: str) -> str:
    """Give the drawings that stand in a text as addresses, one after the other."""
    return "".join(b64decode(found).decode() for found in re.findall(r"data:image/svg\+xml;base64,([^\"]+)", text))


def largest(pdf: bytes, word: str) -> float:
    """Give the size of the letters of a word on the first page."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        spans = [span for block in document[0].get_text("dict")["blocks"] for line in block.get("lines", ()) for span in line["spans"]]
    return max(float(span["size"]) for span in spans if word in span["text"])


@pytest.mark.parametrize("design", [FULL, BARE, replace(FULL, organisation=False), replace(FULL, code=False, colours={})], ids=str)
@pytest.mark.parametrize("key", badge_formats())
def test_whatever_is_chosen_can_be_read_out_and_stays_on_its_label(found: Gathering, key: str, design: BadgeDesign) -> None:
    found, on = design_badges(found, design, by=SYSTEM), badge_formats()[key]
    pdf = badges(found, people(found), on)
    assert [faults(made) for made in (pdf, blank_badges(found, on))] == [[], []]
    text = " ".join(pages(pdf)).replace("\u200b", "")
    assert ("Landespolizei" in text, "Landesarbeits" in text.replace("-", "")) == (design.participant_type, design.organisation)
    for left, top, right, bottom in boxes(pdf):
        x, y = (left - on.left) % (on.width + on.gap_x), (top - on.top) % (on.height + on.gap_y)
        assert (x >= 3, x + right - left <= on.width - 3, y >= 3, y + bottom - top <= on.height - 3) == (True,) * 4


def test_what_is_chosen_stands_there_and_what_is_not_does_not(found: Gathering) -> None:
    row, on = found.registrations.get(), badge_formats()["l4785"]
    usual = badges(found, [row], on)
    assert ("Kommune" in pages(usual)[0], "Fachtag 2027" in pages(blank_badges(found, on))[0]) == (True, True)
    found = design_badges(found, BadgeDesign(line="Motto", large=True, colours={"municipality": "yellow"}), by=SYSTEM)
    drawn = badges(found, [row], on)
    assert ("Kommune" in pages(drawn)[0], "Motto" in pages(blank_badges(found, on))[0]) == (True, True)  # a colour never stands alone
    assert largest(drawn, "Ada") > largest(usual, "Ada")
    assert [word in badge_picture(found, design, row, on) for design in (FULL, BARE) for word in ("<svg", "<image", "#1a4f8b")] == [
        *(True, True, False),
        *(True, False, False),
    ]
    assert "#0f5c3c" in badge_picture(found, FULL, row, on)


def test_a_design_is_kept_as_far_as_it_is_not_as_usual_and_has_a_history(found: Gathering) -> None:
    with pytest.raises(PermissionDenied):
        design_badges(found, FULL, by=ANYONE)
    assert design_of(found) == BadgeDesign()
    for _click in range(2):
        found = design_badges(found, FULL, by=SYSTEM)
    assert (design_of(found), design_of(design_badges(found, BadgeDesign(), by=SYSTEM))) == (FULL, BadgeDesign())
    assert Gathering.objects.get().badge == {}
    assert Entry.objects.filter(kind="gatherings", key=found.reference, action="changed").count() == 2
    assert FULL.words.startswith("Gemeinsam sicher vor Ort; Stelle, Kommt für, Code, große Namen; Verein oder freier Träger: lila; ")


def test_the_page_shows_a_picture_before_anything_is_saved(client: Client, sign_in: SignIn, found: Gathering) -> None:
    page = f"{found.get_absolute_url()}schilder-gestalten/"
    sign_in("coordinator", FRANKENBERG)
    assert [client.get(page).status_code, client.post(f"{page}vorschau/").status_code] == [403, 403]
    sign_in("state_council")
    wanted = {"line": "Motto", "organisation": "on", "colour_speaker": "red", "shown_type": "speaker", "shown_on": "a6"}

    def picture(answer: str) -> str:
        return drawings(drawings(answer))

    first = picture(client.get(page).content.decode())
    part = client.post(f"{page}vorschau/", wanted, headers={"HX-Request": "true"}).content.decode()
    whole = client.post(f"{page}vorschau/", wanted).content.decode()
    assert ("<h1" in part, "<h1" in whole, "#9b1c2e" in picture(part), "#9b1c2e" in first) == (False, True, True, False)
    assert Gathering.objects.get().badge == {}
    assert client.post(page, wanted | {"line": "x" * 81}).status_code == 422
    assert "So sehen die Schilder ab jetzt aus." in said(client.post(page, wanted, follow=True).content.decode())
    assert design_of(Gathering.objects.get()) == BadgeDesign(line="Motto", code=False, colours={"speaker": "red"})
