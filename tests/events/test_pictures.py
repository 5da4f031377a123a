# SPDX-License-Identifier: EUPL-1.2
"""Pictures in the documentation: made anew, with words and consent, shown with it, removed with one click."""

import datetime as dt
import io
import os
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from asskomm.core.audit import TRAILS
from asskomm.core.audit.models import Entry
from asskomm.core.backup.domain.taking import kept_files
from asskomm.core.clock import clock
from asskomm.core.retention import DELETION_RULES
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain import pictures as verbs
from asskomm.events.domain.documentation import release_documentation
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.pictures import add_picture, picture_file, remove_picture
from asskomm.events.domain.pixels import PictureError, made_anew
from asskomm.events.domain.programme import SpeakerFacts, add_speaker
from asskomm.events.models import Gathering, Picture
from tests.events.making import BEFORE, gathering, photo
from tests.making import FRANKENBERG, member
from tests.reading import field_errors, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
SENT = {"alternative": "Acht Menschen an einem Tisch", "credit": "Erika Foto", "agreed": "on"}


@pytest.fixture
def found(loaded: None) -> Gathering:
    """A gathering that is over."""
    with clock.moved_to(BEFORE):
        return gathering(None)


@pytest.fixture(autouse=True)
def _afterwards(found: Gathering) -> object:
    with clock.moved_to(found.ends_at):
        yield


def add(found: Gathering, content: bytes | None = None, name: str = "a.jpg", **more: object) -> Picture:
    values = {"alternative": "Ein Tisch", "credit": "Erika Foto", "agreed": True, "by": SYSTEM, **more}
    return add_picture(found, name, io.BytesIO(content or photo()), **values)  # type: ignore[arg-type]


def picture(content: bytes, name: str = "bild.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def bomb() -> bytes:
    """Give a PNG of a few bytes that says that it has ten thousand million pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("JPEG", "A.JPEG"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_nothing_is_left_of_what_a_camera_wrote(found: Gathering, form: str, name: str) -> None:
    row = add(found, photo(form, (3000, 1500)), name)
    raw = picture_file(row).read_bytes()
    assert (b"Erika" in raw, b"Exif" in raw, len(raw)) == (False, False, row.size)
    with Image.open(io.BytesIO(raw)) as shown:
        assert (shown.format, shown.size, shown.mode, dict(shown.getexif())) == ("JPEG", (800, 1600), "RGB", {})  # upright
    assert (row.width, row.height) == (800, 1600)
    assert dict(kept_files())[f"files/pictures/{row.reference}"].read_bytes() == raw


def test_what_is_transparent_lies_on_white_and_small_pictures_stay_small() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (10, 20), (0, 0, 0, 0)).save(written, "PNG")
    made = made_anew("a.png", written, 1600)
    with Image.open(made.file) as shown:
        assert ((made.width, made.height), shown.getpixel((5, 5))) == ((10, 20), (255, 255, 255))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", photo(), "kein JPEG-, PNG- oder WebP-Bild"),
        ("a.jpg", photo("PNG"), "kein JPEG-, PNG- oder WebP-Bild"),
        ("a.jpg", photo()[:700], "beschädigt"),
        ("a.jpg", b"%PDF-1.7", "kein JPEG"),
        ("a.jpg", b"<svg/>", "kein JPEG"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "kein JPEG"),
        ("a.jpg", b" ", "kein JPEG"),
        ("bild", photo(), "kein JPEG"),
        ("a.jpg", b"\xff\xd8" + bytes(15 * 1024 * 1024), "größer als 15 MB"),
    ],
)
def test_files_that_lie_about_what_they_are(found: Gathering, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        add(found, content, name)
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("content", [bomb()])
def test_an_endless_picture_is_never_unpacked(content: bytes) -> None:
    with pytest.raises(PictureError):
        made_anew("a.png", io.BytesIO(content), 1600)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright_however_the_camera_was_held(orientation: int) -> None:
    """The corner that was red when it was taken is red again."""
    taken = Image.new("RGB", (32, 16), "white")
    taken.paste("red", (0, 0, 8, 8))
    undo = {5: 5, 6: Image.Transpose.ROTATE_90, 7: 6, 8: Image.Transpose.ROTATE_270, 2: 0, 3: Image.Transpose.ROTATE_180, 4: 1}
    held = taken if orientation == 1 else taken.transpose(Image.Transpose(undo[orientation]))
    exif, written = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    held.save(written, "PNG", exif=exif)
    with Image.open(made_anew("a.png", written, 1600).file) as shown:
        corners = [shown.getpixel(at) for at in ((3, 3), (28, 3), (3, 12), (28, 12))]
    assert [sum(colour) < 500 for colour in corners if isinstance(colour, tuple)] == [True, False, False, False]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_damaged_picture_is_made_anew_or_refused_with_a_sentence(form: str, name: str) -> None:
    whole, chance = photo(form, (60, 40)), random.Random(1)
    outcomes = set[bool | str]()
    for _time in range(300):
        damaged = bytearray(whole)
        for _change in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(made_anew(name, io.BytesIO(damaged), 50).width <= 50)
        except PictureError as fault:
            outcomes.add(str(fault))
    assert outcomes <= {
        True,
        "Diese Datei ist kein JPEG-, PNG- oder WebP-Bild, oder sie ist beschädigt.",
        "Das Bild hat zu viele Bildpunkte. Verkleinern Sie es.",
    }


def test_a_picture_with_too_many_pixels_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asskomm.events.domain.pixels._MOST_PIXELS", 11)
    with pytest.raises(PictureError, match="zu viele Bildpunkte"):
        made_anew("a.jpg", io.BytesIO(photo(size=(4, 3))), 1600)


def test_what_has_to_be_said(found: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    for missing, sentence in (
        ({"agreed": False}, "wenn alle zugestimmt haben"),
        ({"alternative": " "}, "Beschreiben Sie"),
        ({"credit": ""}, "Beschreiben Sie"),
    ):
        with pytest.raises(PictureError, match=sentence):
            add(found, **missing)
    _account, stranger = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        add(found, by=stranger)
    monkeypatch.setattr(verbs, "MOST_PICTURES", 1)
    first, second = add(found), add(found, alternative="Zweiter Druck")
    assert (first, first.alternative) == (second, "Ein Tisch")
    with pytest.raises(PictureError, match="Höchstens 1 Bilder"):
        add(found, photo(size=(9, 9)))


def test_there_are_none_before_it_began_or_where_it_did_not_take_place() -> None:
    with clock.moved_to(BEFORE):
        coming, off = gathering(None), gathering(None)
        call_off(off, by=SYSTEM)
        with pytest.raises(PictureError, match="begonnen"):
            add(coming)
    with pytest.raises(PictureError, match="begonnen"):
        add(off)


def test_it_is_removed_once_and_its_file_in_the_night(found: Gathering) -> None:
    row = add(found)
    _account, stranger = member("coordinator", FRANKENBERG)
    _account, own = member("state_council")
    subjects = [TRAILS["pictures"].find(row.reference, principal) for principal in (own, stranger)]
    assert [subject and subject.title for subject in subjects] == ["Ein Tisch", None]
    with pytest.raises(PermissionDenied):
        remove_picture(row, by=stranger)
    for _click in range(2):
        remove_picture(Picture(pk=row.pk, gathering=found, reference=row.reference), by=SYSTEM)
    assert list(Entry.objects.filter(kind="pictures").order_by("pk").values_list("action", flat=True)) == ["created", "removed"]
    assert DELETION_RULES["pictures"].delete(None) == 0  # type: ignore[arg-type]
    assert picture_file(row).is_file()  # a backup just taken may name it


def test_pictures_go_after_five_years(found: Gathering) -> None:
    row, years = add(found), dt.timedelta(days=5 * 365)
    rule = DELETION_RULES["pictures"]
    with clock.moved_to(found.ends_at + years):
        assert rule.delete(None) == 0  # type: ignore[arg-type]
    with clock.moved_to(found.ends_at + years + dt.timedelta(days=1)):
        assert rule.delete(None) == 1  # type: ignore[arg-type]
        assert rule.delete(None) == 0  # type: ignore[arg-type]
    assert not Picture.objects.filter(pk=row.pk).exists()
    yesterday = dt.datetime.now(tz=dt.UTC).timestamp() - 25 * 3600
    os.utime(picture_file(row), (yesterday, yesterday))
    rule.delete(None)  # type: ignore[arg-type]
    assert not picture_file(row).exists()


def test_from_the_upload_to_the_page(client: Client, sign_in: SignIn, found: Gathering) -> None:
    for name, agreed in (("Ada Muster", False), ("Ben Probst", True)):
        add_speaker(found, SpeakerFacts(name, photo_consent=agreed), by=SYSTEM)
    at = f"{found.get_absolute_url()}dokumentation/"
    sign_in("state_council")
    shown = said(client.get(f"{at}bilder/").content.decode())
    assert "haben nicht zugestimmt, dass Fotos von ihnen gezeigt werden: Ada Muster Zugestimmt haben: Ben Probst." in shown
    nothing = client.post(f"{at}bilder/", {"credit": ""})
    assert (nothing.status_code, sorted(field_errors(nothing))) == (422, ["agreed", "alternative", "credit", "picture"])
    wrong = client.post(f"{at}bilder/", {**SENT, "picture": picture(photo("PNG"))})
    assert (wrong.status_code, list(field_errors(wrong)), "Acht Menschen" in wrong.content.decode()) == (422, ["picture"], True)
    added = client.post(f"{at}bilder/", {**SENT, "picture": picture(photo(size=(3000, 1500)))}, follow=True)
    row = Picture.objects.get()
    assert "Das Bild ist da." in said(added.content.decode())
    assert f"{at}bilder/" in links(client.get(at))
    public = Client()
    assert [public.get(page).status_code for page in (at, row.get_absolute_url())] == [404, 404]
    release_documentation(found, released=True, by=SYSTEM)
    page = public.get(at).content.decode()
    assert ("Foto: Erika Foto" in said(page), "möchten das nicht?" in said(page)) == (True, True)
    assert [f'{name}="{value}"' in page for name, value in (("alt", "Acht Menschen an einem Tisch"), ("width", "800"), ("height", "1600"))] == [True] * 3
    file = public.get(row.get_absolute_url())
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"".join(file.streaming_content) == picture_file(row).read_bytes()  # type: ignore[attr-defined]
    asked = client.get(f"{at}bilder/{row.reference}/entfernen/")
    assert "Rückgängig machen lässt sich das nicht." in said(asked.content.decode())
    client.post(f"{at}bilder/{row.reference}/entfernen/")
    assert (Picture.objects.count(), public.get(row.get_absolute_url()).status_code) == (0, 404)
    picture_gone = add(found)
    picture_file(picture_gone).unlink()
    assert public.get(picture_gone.get_absolute_url()).status_code == 404


def test_others_see_and_do_nothing(client: Client, sign_in: SignIn, found: Gathering) -> None:
    row, other = add(found), gathering(None)
    pages = [f"{found.get_absolute_url()}dokumentation/bilder/{page}" for page in ("", f"{row.reference}/entfernen/")]
    assert {client.get(page).status_code for page in pages} == {302}
    sign_in("coordinator", FRANKENBERG)
    assert {client.get(page).status_code for page in pages} | {client.post(page).status_code for page in pages} == {403}
    assert client.get(row.get_absolute_url()).status_code == 404
    sign_in("state_council")
    assert client.get(f"{other.get_absolute_url()}dokumentation/bilder/{row.reference}/entfernen/").status_code == 404
    assert client.get(f"{other.get_absolute_url()}dokumentation/bilder/{row.reference}.jpg").status_code == 404
    assert Picture.objects.count() == 1
