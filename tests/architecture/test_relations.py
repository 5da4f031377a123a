# SPDX-License-Identifier: EUPL-1.2
"""The law for relations, which no import shows: a foreign key points to the same room or to a floor below."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, ForeignKey, Model

from asskomm.core.visibility import SharedQuerySet, Visibility

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
_contracts = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS: list[list[str]] = [layer.split(" | ") for layer in next(contract["layers"] for contract in _contracts if contract["type"] == "layers")]
OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("asskomm.")]
SHARED = [model for model in OURS if any(field.name == "visibility" for field in model._meta.get_fields())]


def _place(model: type[Model]) -> tuple[int, str]:
    """Give floor, counted from the top, and room; packages of the foundation share one."""
    return next((number, room) for number, rooms in enumerate(FLOORS) for room in rooms if f"{model.__module__}.".startswith(f"{room}."))


def _name(model: type[Model]) -> str:
    return model._meta.label


RELATIONS = [
    (model, field.name, field.related_model)
    for model in OURS
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
]


def test_the_floors_are_found() -> None:
    assert FLOORS[0] == ["asskomm.config"]
    assert FLOORS[-2:] == [["asskomm.core"], ["asskomm.methods"]]
    assert ["asskomm.alliance", "asskomm.events"] in FLOORS
    assert {"alliance.Event", "people.Account", "territory.Municipality", "installation.Installation"} <= set(map(_name, OURS))
    assert ("alliance.Event", "owner", "people.Organisation") in {(_name(m), field, _name(target)) for m, field, target in RELATIONS}


@pytest.mark.parametrize(("model", "field", "target"), RELATIONS, ids=lambda part: part if isinstance(part, str) else _name(part))
def test_every_relation_points_to_its_own_room_or_below(model: type[Model], field: str, target: type[Model]) -> None:
    assert target in OURS, "a relation to a library's model binds our tables to theirs"
    assert _place(target) == _place(model) or _place(target)[0] > _place(model)[0]  # rooms on one floor do not know each other


def test_the_foundation_points_to_no_room() -> None:
    foundation = [(_name(model), field, target) for model, field, target in RELATIONS if _place(model)[1] == "asskomm.core"]
    assert [(name, field) for name, field, target in foundation if _place(target)[1] != "asskomm.core"] == []
    assert ("jobs.JobLine", "job") in {(name, field) for name, field, _target in foundation}


@pytest.mark.parametrize("model", SHARED, ids=_name)
def test_every_shared_object_has_an_owner_and_names_its_partners(model: type[Model]) -> None:
    owner, shares, visibility = (model._meta.get_field(name) for name in ("owner", "shares", "visibility"))
    organisation = apps.get_model("people.Organisation")
    assert isinstance(owner, ForeignKey)
    assert (owner.related_model, owner.null) == (organisation, False)
    assert isinstance(shares.related_model, type)
    assert shares.related_model._meta.get_field("organisation").related_model is organisation
    assert isinstance(visibility, CharField)
    assert visibility.choices == Visibility.choices
    assert isinstance(model._default_manager.all(), SharedQuerySet)


def test_there_are_shared_objects() -> None:
    assert "alliance.Event" in map(_name, SHARED)
