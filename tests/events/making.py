# SPDX-License-Identifier: EUPL-1.2
"""Short ways to make gatherings, registrations and invitations."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from asskomm.core.clock import BERLIN
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.applying import Shown, apply_for_stand
from asskomm.events.domain.contributing import Contribution, accept_invitation
from asskomm.events.domain.expenses import Claim
from asskomm.events.domain.fairs import Offer, offer_stands
from asskomm.events.domain.gatherings import Facts, Room, Terms, draft_gathering, publish_gathering, set_terms
from asskomm.events.domain.inviting import Invitee, invite_speaker
from asskomm.events.domain.programme import SessionFacts, Slot, add_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.registering import Applicant, confirm, register
from asskomm.events.domain.workshops import set_places
from asskomm.events.models import Gathering, Invitation, Registration, Session, Stand
from tests.making import COUNCIL, body

BEFORE = dt.datetime(2027, 5, 3, 10, 0, tzinfo=BERLIN)
BEGINS = dt.datetime(2027, 9, 14, 9, 30, tzinfo=BERLIN)


def facts(**more: Any) -> Facts:
    """Give what an invitation says."""
    values = {"kind": "conference", "title": "Fachtag", "place": "Dresden", "starts_at": BEGINS, "ends_at": BEGINS + dt.timedelta(hours=7)}
    return Facts(**{**values, **more})


def gathering(capacity: int | None = 2, owner: str = COUNCIL, *, published: bool = True, terms: Terms | None = None, **more: Any) -> Gathering:
    """Draft a gathering, say how one registers, and publish it."""
    found = draft_gathering(facts(**more), Room(capacity), owner=body(owner), by=SYSTEM)
    found = set_terms(found, terms, by=SYSTEM) if terms else found
    return publish_gathering(found, by=SYSTEM) if published else found


def applicant(name: str, participant_type: str = "municipality") -> Applicant:
    """Give somebody who wants to come."""
    return Applicant(name, f"{name.lower()}@stadt.example", participant_type)


def come(found: Gathering, name: str, participant_type: str = "municipality") -> Registration:
    """Register somebody."""
    return register(found, applicant(name, participant_type), by=ANYONE)


def standing(found: Gathering) -> dict[str, str]:
    """Give the state of everybody by name, in the order of arrival."""
    return dict(found.registrations.order_by("number").values_list("name", "state"))


def workshops(found: Gathering, *sizes: int, hour: int = 1) -> list[Session]:
    """Put workshops side by side into the programme of a gathering, with places for as many, and release it."""
    begins = found.starts_at + dt.timedelta(hours=hour)
    rows = []
    for number, size in enumerate(sizes):
        facts, slot = SessionFacts("workshop", f"Workshop {hour}.{number}"), Slot(begins, begins + dt.timedelta(minutes=45))
        rows.append(add_session(found, facts, slot, by=SYSTEM))
        set_places(rows[-1], size, by=SYSTEM)
    release_programme(found, by=SYSTEM)
    return rows


def confirmed(found: Gathering, *names: str) -> list[Registration]:
    """Register some and confirm their addresses."""
    return [confirm(come(found, name), by=ANYONE) for name in names]


def seats(session: Session) -> dict[str, str]:
    """Give who has what of a workshop, in the order in which they chose."""
    return dict(session.seats.order_by("number").values_list("registration__name", "state"))


def fair(stands: int = 2, posters: int = 1, **more: Any) -> Gathering:
    """Draft and publish a gathering to which one may bring stands and posters until the end of June."""
    found = gathering(None, **more)
    offer_stands(found, Offer({"stand": stands, "poster": posters}, dt.date(2027, 6, 30), "Im Foyer."), by=SYSTEM)
    return found


def show(found: Gathering, title: str = "Sichere Wege", kind: str = "stand", email: str = "ada@stadt.example", **more: Any) -> Stand:
    """Apply for a stand or a poster."""
    values = {"organisation": "Stadt Musterau", "summary": "Was half.", "name": "Ada Muster", "tables": 1, **more}
    return apply_for_stand(found, kind, Shown(title=title, **values), email, by=ANYONE)


def photo(ending: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    """Give a picture as a camera writes it: turned, with the place and, three times over, the name of whoever owns the camera."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Erika Musterfrau"
    exif.get_ifd(0x8825)[2] = (51.0, 3.0, 0.0)
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, ending, exif=exif, comment="Erika Musterfrau", xmp=b"Erika Musterfrau")
    return written.getvalue()


def pdf(words: str = "Folien") -> SimpleUploadedFile:
    """Give a file that begins as a PDF does."""
    return SimpleUploadedFile("folien.pdf", b"%PDF-1.7\n" + words.encode(), "application/pdf")


def invite(found: Gathering, name: str = "Ada Muster", topic: str = "Graffiti", **more: Any) -> Invitation:
    """Ask somebody to contribute."""
    values = {"email": f"{name.split(maxsplit=1)[0].lower()}@stadt.example", "kind": "talk", **more}
    return invite_speaker(found, Invitee(name=name, topic=topic, **values), by=SYSTEM)


def accept(invitation: Invitation, title: str = "Graffiti heute", fee: str | None = None, travel: str = "", **more: Any) -> Invitation:
    """Let her say yes."""
    claim = Claim(Decimal(fee) if fee else None, travel)
    return accept_invitation(invitation, Contribution(title, claim=claim, **more), by=ANYONE)
