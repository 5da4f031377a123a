# SPDX-License-Identifier: EUPL-1.2
"""Every number that the API answers with is an Estimate, or stands here with the reason why it says nothing about the world."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from ninja import NinjaAPI, Schema

from asskomm.config.api import api
from asskomm.core.api import EstimateOut

NO_ESTIMATES = {
    "Problem.status": "repeats the status of the answer",
    "RejectedOut.row": "where in a file something stands",
    "RegistrationOut.number": "where in the order of arrival somebody stands",
    "JobOut.percent": "how far a piece of work is",
    "JobDetailOut.percent": "how far a piece of work is",
}
OF_LISTS = {"count": "how long a list is", "page": "which page of it this is", "page_size": "how many rows a page has"}
Walked = Iterator[tuple[str, str]]


class Bench(Schema):
    """A toy with a bare number, a list of them, and one done right."""

    legs: int
    widths: list[float] | None
    seats: dict[str, int]
    price: EstimateOut


class Sold(EstimateOut):
    """A toy that is an Estimate with more."""

    name: str
    colours: int


def bare_numbers(document: dict[str, Any]) -> set[str]:
    """Give every number in what the API answers that is no Estimate, by schema and property."""
    schemas = document["components"]["schemas"]
    roots = [content["schema"] for answer in _answers(document) for content in answer.get("content", {}).values()]
    named = [(name, found) for name, found in schemas.items() if name in _reached(roots, schemas)]
    inline = [("answer", root) for root in roots]
    return {f"{name}.{where}" for name, found in [*named, *inline] for where, _kind in _numbers(found)}


def _answers(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        for operation in methods.values():
            yield from operation["responses"].values()


def _reached(roots: list[Any], schemas: dict[str, Any]) -> set[str]:
    waiting, known = list(roots), set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in known:
                known.add(name)
                waiting.append(schemas[name])
            waiting += part.values()
    return known


def _numbers(found: dict[str, Any], where: str = "") -> Walked:
    if found.get("type") in {"integer", "number"}:
        yield where, found["type"]
    own = found.get("properties", {})
    inherited = ESTIMATE if ESTIMATE.items() <= own.items() else {}
    for name, part in own.items():
        if name not in inherited:
            yield from _numbers(part, where or name)
    inner = [*found.get("anyOf", []), *found.get("allOf", []), *found.get("prefixItems", []), found.get("items"), found.get("additionalProperties")]
    for part in inner:
        if isinstance(part, dict):
            yield from _numbers(part, where)


ESTIMATE = EstimateOut.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")["properties"]


def test_every_number_is_an_estimate_or_has_a_reason() -> None:
    found = bare_numbers(api.get_openapi_schema())
    of_lists = {name for name in found if name.rpartition(".")[2] in OF_LISTS}
    assert found - of_lists == set(NO_ESTIMATES)
    assert [name for name in of_lists if not name.startswith(("Paged_", "SearchPage."))] == []


@pytest.mark.parametrize(
    ("toy", "expected"),
    [
        (Bench, {"Bench.legs", "Bench.widths", "Bench.seats"}),
        (Sold, {"Sold.colours"}),
        (list[int], {"answer."}),
        (dict[str, EstimateOut], set()),
    ],
)
def test_a_bare_number_is_found(toy: Any, expected: set[str]) -> None:
    toys = NinjaAPI(urls_namespace="toys")

    @toys.get("/toy", response=toy)
    def one(request: HttpRequest) -> None:
        """Never asked."""

    assert bare_numbers(toys.get_openapi_schema(path_prefix="")) == expected


def test_what_goes_in_may_be_a_number() -> None:
    sizes = [parameter["schema"] for parameter in api.get_openapi_schema()["paths"]["/api/events"]["get"]["parameters"] if parameter["name"] == "page_size"]
    assert [size["type"] for size in sizes] == ["integer"]
