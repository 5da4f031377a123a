# SPDX-License-Identifier: EUPL-1.2
"""How two organisations that are one become one, and how two persons do."""

from django.utils.translation import gettext as _

from asskomm.core.merging import Mergeable, MergeHandler
from asskomm.core.merging.registry import Moved
from asskomm.core.merging.rows import rows_of
from asskomm.core.search.domain.index import reindex
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Account, Function, Organisation, Person, Profile

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


def _move_profile(kept: int, gone: int) -> Moved:
    """Hand on what the other said of itself where the one that stays says nothing; otherwise it waits in case the two are parted."""
    if Profile.objects.filter(organisation=kept).exists():
        return {"moved": []}
    moved = list(Profile.objects.filter(organisation=gone).values_list("pk", flat=True))
    Profile.objects.filter(pk__in=moved).update(organisation=kept)
    return {"moved": moved}


def _move_profile_back(_kept: int, gone: int, moved: Moved) -> None:
    Profile.objects.filter(pk__in=moved["moved"]).update(organisation=gone)


MERGEABLE_ORGANISATION = Mergeable("organisations", "people.merge", _lock, _obstacle, _hide)
HANDLERS = {
    "people.functions": rows_of(KIND, "people.Function", "organisation"),
    "people.former_posts": rows_of(KIND, "people.FormerPost", "organisation"),
    "people.relations": rows_of(KIND, "people.Relation", "subject", apart="target"),
    "people.related": rows_of(KIND, "people.Relation", "target", apart="subject"),
    "people.profile": MergeHandler(KIND, _move_profile, _move_profile_back, frozenset({"people.Profile.organisation"})),
}


def _lock_persons(kept: int, gone: int) -> None:
    list(Person.everybody.select_for_update().filter(pk__in=[kept, gone]).order_by("pk").values_list("pk"))


def _persons_obstacle(kept: int, gone: int) -> str:
    found = list(Person.everybody.filter(pk__in=[kept, gone]))
    return _("Eine der beiden ist schon mit einer anderen zusammengeführt.") if len(found) != 2 or any(p.merged_into_id for p in found) else ""


def _hide_person(gone: int, behind: int | None) -> None:
    Person.everybody.filter(pk=gone).update(merged_into=behind)


def _move_deputies(kept: int, gone: int) -> Moved:
    """Let the one who stays stand in where the other did; nobody stands in for herself."""
    of_the_two = Function.objects.filter(person__in=[kept, gone])
    stayed = list(of_the_two.filter(deputy=kept).values_list("pk", flat=True))
    herself = list(of_the_two.filter(deputy=gone).values_list("pk", flat=True))
    Function.objects.filter(pk__in=[*stayed, *herself]).update(deputy=None)
    moved = list(Function.objects.filter(deputy=gone).values_list("pk", flat=True))
    Function.objects.filter(pk__in=moved).update(deputy=kept)
    return {"moved": moved, "herself": herself, "stayed": stayed}


def _move_deputies_back(kept: int, gone: int, moved: Moved) -> None:
    Function.objects.filter(pk__in=[*moved["moved"], *moved["herself"]]).exclude(person=gone).update(deputy=gone)
    Function.objects.filter(pk__in=moved.get("stayed", ())).exclude(person=kept).update(deputy=kept)


def _move_account(kept: int, gone: int) -> Moved:
    """Hand on the sign-in where the one who stays has none; otherwise the other one leads nowhere, because no function is left behind it."""
    if Account.objects.filter(person=kept).exists():
        return {"moved": []}
    moved = list(Account.objects.filter(person=gone).values_list("pk", flat=True))
    Account.objects.filter(pk__in=moved).update(person=kept)
    return {"moved": moved}


def _move_account_back(_kept: int, gone: int, moved: Moved) -> None:
    Account.objects.filter(pk__in=moved["moved"]).update(person=gone)


PERSONS = "persons"
MERGEABLE_PERSON = Mergeable("persons", "people.merge", _lock_persons, _persons_obstacle, _hide_person)
PERSON_HANDLERS = {
    "people.deputies": MergeHandler(PERSONS, _move_deputies, _move_deputies_back, frozenset({"people.Function.deputy"})),
    "people.functions_of_person": rows_of(PERSONS, "people.Function", "person"),
    "people.account": MergeHandler(PERSONS, _move_account, _move_account_back, frozenset({"people.Account.person"})),
}
