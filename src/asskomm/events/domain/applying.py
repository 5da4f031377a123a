# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever shows something: apply for a stand or a poster without an account, change it by a link, hand in the poster, withdraw."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.installation.shared import count_up
from asskomm.core.search.analysis.folding import fold
from asskomm.core.visibility import Principal
from asskomm.events.domain.counters import give_back
from asskomm.events.domain.fairs import StandError, held_fair, lock_places
from asskomm.events.domain.poster_files import keep_poster
from asskomm.events.domain.shelf import digest_of
from asskomm.events.domain.stand_letters import say_applied, say_withdrawn
from asskomm.events.enums import StandKind, StandState
from asskomm.events.models import Gathering, Stand, StandFile

TRAIL = "stands"
MOST_TABLES, MOST_STANDS, MOST_A_DAY = 10, 500, 20
PAUSE = dt.timedelta(minutes=1)
"""Within it the link is not sent a second time: it was a second click."""


@dataclass(frozen=True)
class Shown:
    """What somebody says about her stand or poster; the first three are for everybody once it is accepted.

    Args:
        organisation: whose it is.
        title: what it is called.
        summary: a few sentences on it.
        name: whom to ask.
        tables: how many tables it needs.
        power: whether it needs power.
        note: what else it needs in the hall.
    """

    organisation: str
    title: str
    summary: str
    name: str
    tables: int = 0
    power: bool = False
    note: str = ""


def apply_for_stand(gathering: Gathering, kind: str, shown: Shown, email: str, *, by: Principal) -> Stand:
    """Apply; she gets a mail with her link. The same a second time only sends the link again, so that nobody learns who has applied.

    Args:
        gathering: to whose fair.
        kind: what she shows (`StandKind`).
        shown: what she says about it; that everybody may read the organisation's name is agreed with it.
        email: where the link goes.
        by: who does it.

    Raises
    ------
        StandError: nobody can apply, there is no room at all for this kind, or very many have applied.
    """
    email = email.strip().lower()
    with transaction.atomic():
        fair = held_fair(gathering)
        now = clock.now()
        if not fair.takes_applications(clock.today(), now):
            raise StandError(_("Bewerben kann man sich hier zurzeit nicht."))
        if not fair.places.filter(kind=kind, capacity__gt=0).exists():
            raise StandError(_("Dafür ist bei dieser Veranstaltung kein Platz vorgesehen."))
        if count_up(f"stand:{fair.pk}:{email}", dt.timedelta(days=1)) > MOST_A_DAY or fair.stands.count() >= MOST_STANDS:
            raise StandError(_("Es kamen schon sehr viele Bewerbungen. Wenden Sie sich an die Einladenden."))
        known = _known(fair.stands.awaited().filter(email=email, kind=kind).select_for_update(of=("self",)), shown.title)
        if known is not None:
            return _sent_again(known)
        stand = Stand.objects.create(fair=fair, kind=kind, email=email, agreed_at=now, applied_at=now, sent_at=now, **asdict(shown))
        record_keys(TRAIL, [stand.reference], Action.CREATED, by=by)
        say_applied(stand)
    return stand


def change_stand(stand: Stand, shown: Shown, *, by: Principal) -> Stand:
    """Change what was said; a second click with the same words changes nothing.

    Raises
    ------
        StandError: it was refused or withdrawn, or the gathering is over or called off.
    """
    with transaction.atomic():
        row = _held_open(stand)
        new = {name: value for name, value in asdict(shown).items() if getattr(row, name) != value}
        for name, value in new.items():
            setattr(row, name, value)
        if new:
            row.save(update_fields=list(new))
            record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return row


def hand_in_poster(stand: Stand, name: str, file: IO[bytes], alternative: str, *, by: Principal) -> StandFile:
    """Hand in the file of a poster in place of the one before; the same a second time changes nothing.

    Args:
        stand: that is a poster.
        name: of the file as she calls it.
        file: that can be read from any place.
        alternative: what the poster says, in words.
        by: who does it.

    Raises
    ------
        StandError: it is no poster, or as `change_stand`; or so many came today.
        PosterError: the file is not taken.
    """
    if stand.kind != StandKind.POSTER:
        raise StandError(_("Eine Datei gehört zu einem Poster."))
    said = {"given_sha256": digest_of(file), "file_name": name[-200:], "alternative": alternative}
    before = StandFile.objects.filter(stand=stand, **said).first()
    if before is not None:
        return before
    if count_up(f"poster:{stand.reference}", dt.timedelta(days=1)) > MOST_A_DAY:
        raise StandError(_("Heute kamen über diesen Link schon sehr viele Dateien. Versuchen Sie es morgen wieder."))
    kept = keep_poster(name, file)  # takes a second, for which nobody else waits
    with transaction.atomic():
        row = _held_open(stand)
        poster, _new = StandFile.objects.update_or_create(stand=row, defaults={**kept, **said, "handed_in_at": clock.now()})
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return poster


def settle_poster(stand: Stand, alternative: str, *, remove: bool = False, by: Principal) -> None:
    """Change the words that stand for a poster, or remove its file; without a file it does nothing.

    Raises
    ------
        StandError: as `change_stand`.
    """
    with transaction.atomic():
        row = _held_open(stand)
        files = StandFile.objects.filter(stand=row)
        changed = files.delete()[0] if remove else files.exclude(alternative=alternative).update(alternative=alternative)
        if changed:
            record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)


def withdraw_stand(stand: Stand, *, by: Principal) -> Stand:
    """Withdraw, also after a yes and when the gathering is over: the place is free, and nothing of it is shown any more.

    Raises
    ------
        StandError: it is gone.
    """
    with transaction.atomic():
        row = held_stand(stand)
        if row.state == StandState.WITHDRAWN:
            return row  # a second click
        free_place(row)
        row.state = StandState.WITHDRAWN
        row.save(update_fields=["state"])
        StandFile.objects.filter(stand=row).delete()
        record_keys(TRAIL, [row.reference], Action.WITHDRAWN, by=by)
        say_withdrawn(row)
    return row


def held_stand(stand: Stand) -> Stand:
    """Give an application as it stands now, and hold it until the transaction ends; always after its fair.

    Raises
    ------
        StandError: it is gone.
    """
    held_fair(stand.fair.gathering)
    row = Stand.objects.select_for_update(of=("self",)).with_all().filter(pk=stand.pk, shredded=False).first()
    if row is None:
        raise StandError(_("Diese Bewerbung gibt es nicht mehr."))
    return row


def free_place(stand: Stand) -> None:
    """Give the place of a stand back that is held, and take it out of the hall; does nothing where it has none."""
    if stand.state == StandState.ACCEPTED:
        counter = lock_places(stand.fair)[stand.kind]
        give_back(counter)
        counter.save(update_fields=["taken"])
        stand.spot = None
        stand.save(update_fields=["spot"])


def _held_open(stand: Stand) -> Stand:
    row = held_stand(stand)
    if not row.is_open(clock.now()):
        raise StandError(_("Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden."))
    return row


def _known(rows: Iterable[Stand], title: str) -> Stand | None:
    return next((row for row in rows if fold(row.title) == fold(title)), None)


def _sent_again(stand: Stand) -> Stand:
    if clock.now() - stand.sent_at >= PAUSE:
        stand.sent_at = clock.now()
        stand.save(update_fields=["sent_at"])
        say_applied(stand)
    return stand
