# SPDX-License-Identifier: EUPL-1.2
"""Made-up stands and posters of the example conference, and a made-up picture of the dialogue that is over."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.applying import Shown, apply_for_stand, hand_in_poster
from asskomm.events.domain.fairs import Offer, assign_spots, draw_hall, offer_stands
from asskomm.events.domain.pictures import add_picture
from asskomm.events.domain.stand_decisions import accept_stands
from asskomm.events.enums import StandKind
from asskomm.events.models import Gathering

_STAND, _POSTER = StandKind.STAND, StandKind.POSTER
_GAMES = "Drei Spiele, mit denen Jugendliche und Ältere ins Gespräch kommen."
_CHILDREN = "Was Kinder aus drei Schulen auf ihrem Weg fürchten, und was sich daran ändern ließ."
_SHOWN = (
    (_STAND, Shown("Offene Tür e. V.", "Wer hört wem zu?", _GAMES, "Till Sommer", 2, power=True)),
    (
        _STAND,
        Shown("Polizeirevier Musterau", "Fahrräder codieren", "Bringen Sie Ihr Rad mit, es dauert zehn Minuten.", "Ela Probst", 1, note="Platz für ein Rad"),
    ),
    (_POSTER, Shown("Stadt Musterau", "Sicher zur Schule", _CHILDREN, "Mara Beispiel")),
    (_STAND, Shown("Gemeinde Beispielsdorf", "Licht am Dorfteich", "Ein Modell zum Ausprobieren: Wie hell ist hell genug?", "Jonas Muster", 1, power=True)),
)
_OPEN = 1
"""How many are not decided yet, the last ones."""


def load_example_stands(conference: Gathering) -> None:
    """Let four apply, say yes to three of them, and put them into the hall."""
    last = conference.starts_at.date() - dt.timedelta(days=21)
    offer_stands(conference, Offer({StandKind.STAND: 6, StandKind.POSTER: 4}, last, "Im Foyer im Erdgeschoss, Aufbau ab 8 Uhr."), by=SYSTEM)
    rows = [apply_for_stand(conference, kind, shown, f"{shown.name.split()[0].lower()}@beispiel.example", by=ANYONE) for kind, shown in _SHOWN]
    accept_stands(conference, [row.reference for row in rows[:-_OPEN]], by=SYSTEM)
    draw_hall(conference, 5, 3, [(row, column) for row in (1, 3) for column in range(1, 6) if (row, column) != (3, 3)], by=SYSTEM)
    assign_spots(conference, {rows[0].reference: 1, rows[1].reference: 2, rows[2].reference: 7}, by=SYSTEM)
    hand_in_poster(rows[2], "poster.png", _drawn((900, 1200), "PNG"), "Gezeichnet: ein Schulweg mit drei Kreuzungen, erfunden.", by=ANYONE)


def load_example_picture(dialogue: Gathering) -> None:
    """Show what could be a picture of a round table."""
    alternative = "Gezeichnet statt fotografiert: ein runder Tisch mit acht Plätzen, erfunden für dieses Beispiel."
    add_picture(dialogue, "tisch.png", _drawn((1200, 800), "PNG"), alternative=alternative, credit="Beispiel", agreed=True, by=SYSTEM)


def _drawn(size: tuple[int, int], form: str) -> io.BytesIO:
    """Draw circles around a circle."""
    picture, written = Image.new("RGB", size, "#f4f6f5"), io.BytesIO()
    pen, (middle, height) = ImageDraw.Draw(picture), (size[0] // 2, size[1] // 2)
    for radius, colour in ((300, "#0f5c3c"), (200, "#4aa37b"), (90, "#d7e6dc")):
        pen.ellipse((middle - radius, height - radius, middle + radius, height + radius), fill=colour)
    picture.save(written, form)
    return written
