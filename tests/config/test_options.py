# SPDX-License-Identifier: EUPL-1.2
"""Settings from the environment: read, or refused in a sentence that names them."""

from pathlib import Path

import pytest

from asskomm.config import options
from asskomm.config.options import OPTIONS, Option, OptionError

TOY = Option("ASSKOMM_TOY", "7", "Spielzeug")


@pytest.mark.parametrize(("value", "read"), [("12", 12), (" 3 ", 3), ("", 7), ("  ", 7), ("0", 0)])
def test_a_whole_number(monkeypatch: pytest.MonkeyPatch, value: str, read: int) -> None:
    monkeypatch.setenv("ASSKOMM_TOY", value)
    assert TOY.read_int() == read


@pytest.mark.parametrize("value", ["zwölf", "-1", "1.5", "1e3", "²"])
def test_no_whole_number(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ASSKOMM_TOY", value)
    with pytest.raises(OptionError) as refusal:
        TOY.read_int()
    assert str(refusal.value) == f"Die Einstellung ASSKOMM_TOY muss eine ganze Zahl sein, nicht „{value}“."


@pytest.mark.parametrize(("value", "read"), [("ja", True), ("JA", True), ("1", True), ("yes", True), ("nein", False), ("0", False), ("No", False)])
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, *, read: bool) -> None:
    monkeypatch.setenv("ASSKOMM_TOY", value)
    assert TOY.read_bool() is read


def test_neither_yes_nor_no() -> None:
    with pytest.raises(OptionError) as refusal:
        TOY.read_bool()
    assert str(refusal.value) == "Die Einstellung ASSKOMM_TOY muss „ja“ oder „nein“ sein, nicht „7“."


def test_one_of_several_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSKOMM_TOY", "JSON")
    assert TOY.read_choice("text", "json") == "json"
    monkeypatch.setenv("ASSKOMM_TOY", "xml")
    with pytest.raises(OptionError) as refusal:
        TOY.read_choice("text", "json")
    assert str(refusal.value) == "Die Einstellung ASSKOMM_TOY muss „text“ oder „json“ sein, nicht „xml“."


def test_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSKOMM_TOY", " a.example, ,b.example,")
    assert TOY.read_list() == ["a.example", "b.example"]


def test_the_secrets_lie_beside_the_data_unless_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSKOMM_DATA", str(tmp_path / "akten"))
    monkeypatch.delenv("ASSKOMM_SECRETS", raising=False)
    assert options.data_folder() == tmp_path / "akten"
    assert options.secrets_file() == tmp_path / "akten.secrets"
    monkeypatch.setenv("ASSKOMM_SECRETS", str(tmp_path / "tresor" / "datei"))
    assert options.secrets_file() == tmp_path / "tresor" / "datei"


def test_every_setting_is_named_and_explained_once() -> None:
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)
    assert all(option.name.startswith("ASSKOMM_") and option.meaning.endswith(".") for option in OPTIONS)
    assert {value for value in vars(options).values() if isinstance(value, Option)} == set(OPTIONS)
