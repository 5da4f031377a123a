# SPDX-License-Identifier: EUPL-1.2
"""Schemas that several rooms answer with. A number about the world is always an `EstimateOut`; a test walks the description."""

from ninja import Field, Schema

from asskomm.core.estimates.estimate import Basis, Protects, Quality


class EstimateOut(Schema):
    """A number with everything one must know to use it."""

    value: int | float | None = Field(description="the number; null where it is not known or not shown")
    unit: str = Field(description="count, EUR, persons, year, bytes or share (0 to 1); for official figures whatever the source counts in")
    basis: Basis = Field(description="how the number came about")
    base: int | None = Field(description="number of rows or answers behind it")
    interval: tuple[float, float] | None = Field(description="lower and upper bound; never for a full count")
    quality: Quality = Field(description="how far it carries")
    protects: Protects = Field(description="whom a suppression protects")
    sources: list[str] = Field(description="what it was counted from, in words")


class Named(Schema):
    """Something of a list, with its key and its name in the reader's language."""

    key: str
    name: str


class Problem(Schema):
    """A fault, as RFC 9457 describes it; title and detail are sentences in the language that was asked for."""

    type: str = Field(description="always about:blank: status, title and detail say it all")
    title: str
    status: int
    detail: str = Field(description="one sentence that says what is wrong and where")
    request: str = Field(description="id of the request; it stands in the log of the installation too")
