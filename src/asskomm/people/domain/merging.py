# SPDX-License-Identifier: EUPL-1.2
"""How two organisations that are one become one."""

from django.utils.translation import gettext as _

from asskomm.core.merging import Mergeable
from asskomm.core.merging.rows import rows_of
from asskomm.core.search.domain.index import reindex
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Organisation

KIND = "organisations"
_OF_A_PLACE = {OrganisationKind.MUNICIPALITY.value, OrganisationKind.DISTRICT.value}


def mergeable_kind(kind: str) -> bool:
    """Whether organisations of a kind can be doubled: those of a place exist once by its key."""
    return kind not in _OF_A_PLACE


def _lock(kept: int, gone: int) -> None:
    list(Organisation.everything.select_for_update().filter(pk__in=[kept, gone]).order_by("pk").values_list("pk"))


def _obstacle(kept: int, gone: int) -> str:
    found = list(Organisation.everything.filter(pk__in=[kept, gone]))
    if len(found) != 2 or any(body.merged_into_id for body in found):
        return _("Eine der beiden ist schon mit einer anderen zusammengeführt.")
    if found[0].kind != found[1].kind or not mergeable_kind(found[0].kind):
        return _("Zusammenführen lassen sich nur zwei Organisationen gleicher Art, keine Kommunen und Landkreise.")
    return ""


def _hide(gone: int, behind: int | None) -> None:
    Organisation.everything.filter(pk=gone).update(merged_into=behind)
    reindex(KIND, [str(gone)])


MERGEABLE_ORGANISATION = Mergeable("organisations", "people.merge", _lock, _obstacle, _hide)
HANDLERS = {
    "people.functions": rows_of(KIND, "people.Function", "organisation"),
    "people.relations": rows_of(KIND, "people.Relation", "subject", apart="target"),
    "people.related": rows_of(KIND, "people.Relation", "target", apart="subject"),
}
