# SPDX-License-Identifier: EUPL-1.2
"""All that is kept about a person, for herself: once for reading, once for machines (Articles 15 and 20 of the GDPR)."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from functools import reduce

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asskomm.core.documents import Block, Document, Heading, Paragraph, Table
from asskomm.core.documents.web import as_html
from asskomm.core.retention.registry import DELETION_RULES, IDENTITIES, SUBJECT_RECORDS, DataSubject

Records = Mapping[str, Sequence[Mapping[str, str]]]


def subject_of(account: int) -> DataSubject:
    """Give the person behind an account, with what else is hers."""
    return _whole(DataSubject(accounts=frozenset({account})))


def subject_at(address: str) -> DataSubject:
    """Give the person behind an address, whether she has an account or not."""
    return _whole(DataSubject(addresses=frozenset({address.strip().lower()})))


def _whole(subject: DataSubject) -> DataSubject:
    return reduce(lambda known, room: room(known), IDENTITIES, subject)


def records_of(subject: DataSubject) -> dict[str, list[Mapping[str, str]]]:
    """Give what the rooms hold on a person, by the names of the records."""
    return {str(records.name): list(records.rows(subject)) for records in SUBJECT_RECORDS}


def archive_of(records: Records) -> bytes:
    """Give a ZIP with what is kept about a person as a page for reading and as JSON."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("auskunft.html", as_html(_document(records)))
        archive.writestr("auskunft.json", json.dumps(records, ensure_ascii=False, indent=2))
    return written.getvalue()


def _document(records: Records) -> Document:
    language = get_language() or "de"
    blocks: list[Block] = [Paragraph(_("Das ist alles, was ASSKomm über Sie gespeichert hat."), lead=True)]
    for name, rows in records.items():
        blocks += [Heading(name), _table(name, rows) if rows else Paragraph(_("Nichts gespeichert."))]
    kept = [(str(rule.what), str(rule.period), str(rule.reason)) for rule in DELETION_RULES]
    blocks += [Heading(_("Was wann gelöscht wird")), Table(_("Was wann gelöscht wird"), (_("Was"), _("Wie lange"), _("Warum")), kept)]
    return Document(title=_("Auskunft über Ihre Daten"), blocks=blocks, kind=_("Auskunft"), organisation="ASSKomm", date=localdate(), language=language)


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> Table:
    head = list(dict.fromkeys(heading for row in rows for heading in row))
    return Table(name, head, [[row.get(heading, "") for heading in head] for row in rows])
