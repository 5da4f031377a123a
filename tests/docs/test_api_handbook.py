# SPDX-License-Identifier: EUPL-1.2
"""The handbook for programs knows every address of the API, and its examples run."""

import datetime as dt
import re
import shlex
from pathlib import Path
from string import Template
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from asskomm.config.api import api
from asskomm.core.clock import clock
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.events.making import gathering
from tests.making import FRANKENBERG, member, work_off
from tests.reading import Page

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).resolve().parents[2] / "docs" / "handbuch" / "schnittstelle.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    (curl .*)$", TEXT, re.MULTILINE)
FILE = b"Datum;Art;Kommune\n01.05.2023;Beratung;Frankenberg\n31.02.2023;Beratung;Frankenberg\n"


def run(command: str, known: dict[str, str]) -> Page:
    """Do what curl would do, within this process."""
    words = shlex.split(Template(command).substitute(known))[1:]
    method, headers, form, body = "GET", dict[str, str](), dict[str, Any](), ""
    while len(words) > 1:
        option, value, *words = words
        if option == "-X":
            method = value
        elif option == "-H":
            headers |= {value.split(": ")[0]: value.split(": ")[1]}
        elif option == "-F":
            name, given = value.split("=", 1)
            form[name] = SimpleUploadedFile(given[1:], FILE) if given.startswith("@") else given
        elif option == "-d":
            body = value
        else:
            raise AssertionError(f"curl {option} is not known here")
    address = words[0].removeprefix("http://localhost:8000")
    if form:
        return Client(headers=headers).post(address, form)
    return Client(headers=headers).generic(method, address, body, content_type=headers.get("Content-Type", ""))


def test_every_address_has_its_heading() -> None:
    described = {f"{method.upper()} {path}" for path, methods in api.get_openapi_schema()["paths"].items() for method in methods}
    found = re.findall(r"^### (.+)$", TEXT, re.MULTILINE)
    assert (set(found), len(found)) == (described, len(described))


def test_every_parameter_is_named() -> None:
    for path, methods in api.get_openapi_schema()["paths"].items():
        (section,) = re.findall(rf"^### GET {re.escape(path)}$(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL) or [""]
        names = {parameter["name"] for parameter in methods.get("get", {"parameters": []})["parameters"] if parameter["in"] == "query"}
        assert {name for name in names - {"page", "page_size"} if f"`{name}" not in section and f"?{name}=" not in section} <= {"on", "known_on", "documented"}


def test_every_status_is_explained() -> None:
    described = {status for methods in api.get_openapi_schema()["paths"].values() for operation in methods.values() for status in operation["responses"]}
    explained = {int(status) for row in re.findall(r"^\| ([\d, ]+) \|", TEXT, re.MULTILINE) for status in row.split(", ")}
    assert explained == {status for status in described if status >= 400} | {405}


def test_the_examples_run() -> None:
    account, principal = member("coordinator", FRANKENBERG)
    known = {"ZUGANG": issue_token(account, name="Programm", scopes=Scope.values, by=principal).secret}
    begins = clock.now() + dt.timedelta(days=1)
    known["VERANSTALTUNG"] = gathering(5, FRANKENBERG, starts_at=begins, ends_at=begins + dt.timedelta(hours=1)).reference
    statuses = []
    for command in EXAMPLES:
        response = run(command, known)
        statuses.append(response.status_code)
        if response.status_code == 202 and "-F" in command:
            known["EINLESUNG"] = response.json()["reference"]
            known["ANDERE"] = run(command, known).json()["reference"]
        work_off()
    assert statuses == [200, 200, 200, 400, *[200] * 5, 201, *[200] * 5, 202, 200, 200, 202, 202, 204, 200]


def test_in_the_example_of_a_fault_the_sentence_is_english() -> None:
    (command,) = [command for command in EXAMPLES if "page=0" in command]
    assert run(command, {}).json()["detail"] == "The parameter “page” must be at least 1, not “0”."
