# SPDX-License-Identifier: EUPL-1.2
"""What is printed before and after: the list for the door, and certificates."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.clock import clock
from asskomm.core.documents import Block, Document, Note, Paragraph, Picture, Table
from asskomm.core.documents.qr import qr_svg
from asskomm.core.estimates import Estimate
from asskomm.events.domain.days import Share, share_of
from asskomm.events.models import Gathering, Registration

LANGUAGE = "de"


def door_list(gathering: Gathering, registrations: Sequence[Registration]) -> Document:
    """Give everybody who has a place, with a box to tick, for a day without power."""
    with override(LANGUAGE):
        rows = [(row.name, row.organisation or str(row.get_participant_type_display()), "☐") for row in registrations]
        head = (_("Name"), _("Kommune oder Stelle"), _("da"))
        blocks: list[Block] = [
            Paragraph(when_and_where(gathering), lead=True),
            Table(_("Angemeldete nach Nachnamen: %(count)s") % {"count": Estimate(len(rows))}, head, rows),
            Note(_("Enthält personenbezogene Daten. Nach der Veranstaltung nachtragen und vernichten.")),
        ]
        return paper_of(gathering, _("Liste für den Einlass: %(title)s") % {"title": gathering.title}, blocks)


def certificate(registration: Registration, number: str) -> Document:
    """Give the certificate of one person."""
    with override(LANGUAGE):
        return paper_of(registration.gathering, _("Teilnahmebestätigung"), list(_certificate_blocks(registration, number)))


def _certificate_blocks(registration: Registration, number: str) -> Iterator[Block]:
    gathering = registration.gathering
    address = settings.SITE_URL + reverse("events:verify", args=[number])
    yield Paragraph(_("%(name)s hat an dieser Veranstaltung teilgenommen:") % {"name": registration.name}, lead=True)
    facts = [(_("Veranstaltung"), f"{gathering.title} ({gathering.get_kind_display()})"), (_("Wann"), when(gathering)), (_("Wo"), gathering.place)]
    share = share_of(registration)
    facts += [(_("Teilgenommen"), share_line(share))] if share.of > 1 else []
    facts += [(_("Umfang") if share.of > 1 else _("Dauer"), _("%(hours)s Stunden") % {"hours": share.hours})] if share.hours else []
    facts += [(_("Eingeladen hat"), gathering.owner.name)]
    yield Table("", (_("Angabe"), _("Inhalt")), facts)
    yield Note(_("Gilt ohne Unterschrift. Ob sie echt ist, zeigt diese Seite, wenn man dort den Namen eingibt:"))
    yield Paragraph(address)
    yield Picture(qr_svg(address, share=0.2), _("Code mit der Adresse zum Prüfen: %(address)s") % {"address": address})


def share_line(share: Share) -> str:
    """Say of how many days somebody was there, and on which."""
    days = ", ".join(f"{day:%d.%m.%Y}" for day in share.days)
    return _("an %(days)s von %(of)s Tagen: %(which)s") % {"days": Estimate(len(share.days)), "of": Estimate(share.of), "which": days}


def when(gathering: Gathering) -> str:
    """Give begin and end in one line."""
    begin, end = localtime(gathering.starts_at), localtime(gathering.ends_at)
    last = f"{end:%H:%M}" if begin.date() == end.date() else f"{end:%d.%m.%Y, %H:%M}"
    return _("%(begin)s bis %(end)s Uhr") % {"begin": f"{begin:%d.%m.%Y, %H:%M}", "end": last}


def when_and_where(gathering: Gathering) -> str:
    """Give both in one line."""
    return f"{when(gathering)}, {gathering.place}"


def paper_of(gathering: Gathering, title: str, blocks: Sequence[Block]) -> Document:
    """Give a paper of a gathering."""
    return Document(title, blocks, organisation=gathering.owner.name, date=clock.today(), language=LANGUAGE, example=gathering.example)
