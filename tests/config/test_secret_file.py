# SPDX-License-Identifier: EUPL-1.2
"""The secrets: made once, for the owner alone, whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from asskomm.config.options import OptionError
from asskomm.config.secret_file import forget_former, load_secrets, renew_secret


def test_the_first_start_makes_them_and_the_next_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "data.secrets"
    made = load_secrets(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()) == made == load_secrets(path)
    assert len(made["secret_key"]) >= 64
    assert [entry.name for entry in path.parent.iterdir()] == ["data.secrets"]


def test_passwords_are_kept_as_argon2_where_people_really_sign_in(tmp_path: Path) -> None:
    program = "import django; django.setup(); from django.contrib.auth.hashers import make_password; print(make_password('Regenschirm am Markt'))"
    around = {k: v for k, v in os.environ.items() if not k.startswith("ASSKOMM_")} | {"DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}
    made = subprocess.run([sys.executable, "-c", program], env=around | {"ASSKOMM_DATA": str(tmp_path / "data")}, capture_output=True, text=True, check=True)
    assert made.stdout.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert load_secrets(tmp_path / "a") != load_secrets(tmp_path / "b")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "secret_key fehlt"),
        ("{}", "secret_key fehlt"),
        ('{"secret_key": ""}', "secret_key fehlt"),
        ('{"secret_key": "a", "former_keys": "b"}', "former_keys ist keine Liste von Schlüsseln"),
        ('{"secret_key": "a", "former_keys": [""]}', "former_keys ist keine Liste von Schlüsseln"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "data.secrets"
    path.write_text(content)
    with pytest.raises(OptionError) as refusal:
        load_secrets(path)
    assert str(refusal.value) == f"Die Datei mit den Geheimnissen {path} ist nicht lesbar: {why}."
    assert path.read_text() == content


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionError) as refusal:
        load_secrets(tmp_path)
    assert str(refusal.value).startswith(f"Die Datei mit den Geheimnissen {tmp_path} ist nicht lesbar: ")


def test_what_a_killed_start_left_behind_stands_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "data.secrets"
    (tmp_path / f"data.secrets.{os.getpid()}.new").write_text("{")
    assert load_secrets(path) == load_secrets(path) == json.loads(path.read_text())


def test_somebody_who_is_faster_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.secrets"
    link = os.link

    def late(source: Path, target: Path) -> None:
        path.write_text('{"secret_key": "von nebenan"}')
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    assert load_secrets(path) == {"secret_key": "von nebenan"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["data.secrets"]


def test_several_processes_at_once_get_the_same(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from asskomm.config.secret_file import load_secrets; print(load_secrets(Path(sys.argv[1]))['secret_key'])"
    command = [sys.executable, "-c", program, str(tmp_path / "data.secrets")]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    keys = {process.communicate(timeout=30)[0] for process in processes}
    assert len(keys) == 1
    assert keys != {""}


def test_a_new_key_stands_before_the_former_ones_until_they_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "data.secrets"
    first = load_secrets(path)["secret_key"]
    renew_secret(path)
    second = load_secrets(path)
    assert second["secret_key"] != first
    assert second == {"secret_key": second["secret_key"], "former_keys": [first]}
    renew_secret(path)
    third = load_secrets(path)
    assert third["former_keys"] == [second["secret_key"], first]
    assert forget_former(path) == 2
    assert load_secrets(path) == {"secret_key": third["secret_key"]}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["data.secrets"]


def test_where_it_cannot_be_written_the_old_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.secrets"
    before = load_secrets(path)

    def full(*_arguments: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OptionError) as refusal:
        renew_secret(path)
    assert str(refusal.value) == f"Die Datei mit den Geheimnissen {path} lässt sich nicht schreiben: No space left on device."
    assert load_secrets(path) == before
