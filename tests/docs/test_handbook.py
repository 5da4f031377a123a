# SPDX-License-Identifier: EUPL-1.2
"""The handbook builds, and knows every setting, command, figure, kind of event and term."""

import csv
import re
import subprocess
import sys
from pathlib import Path

from asskomm.alliance.domain.kinds import SHIPPED
from asskomm.config import options
from asskomm.config.cli import COMMANDS
from asskomm.config.commands.user_command import ROLES
from asskomm.core.figures import FIGURES
from tools.take_pictures import PICTURES

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs" / "handbuch"


def headings(page: str) -> list[str]:
    text = (HANDBOOK / page).read_text(encoding="utf-8")
    return re.findall(r"^### (.+)$", text, re.MULTILINE)


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", "-d", str(tmp_path / "trees"), str(ROOT / "docs"), str(tmp_path / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "html" / "handbuch" / "koordination.html").exists()


def test_every_setting_and_command_has_its_heading() -> None:
    expected = [option.name for option in options.OPTIONS] + [f"asskomm {name}" for name in COMMANDS]
    assert headings("administration.md") == expected


def test_every_setting_says_what_the_program_says() -> None:
    text = (HANDBOOK / "administration.md").read_text(encoding="utf-8")
    assert [option.name for option in options.OPTIONS if option.meaning.rstrip(".") not in text.replace(" (Version 15 bis 18)", "")] == []


def test_every_role_is_named() -> None:
    (line,) = re.findall(r"^Rollen: (.+?)\.", (HANDBOOK / "administration.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", line)) == ROLES


def test_every_figure_has_its_heading_and_definition() -> None:
    assert headings("kennzahlen.md") == [f"{figure.name} (`{figure.key}`)" for figure in FIGURES]
    text = (HANDBOOK / "kennzahlen.md").read_text(encoding="utf-8")
    assert [figure.key for figure in FIGURES if str(figure.definition) not in text] == []


def test_every_kind_of_event_has_its_heading_and_definition() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        kinds = list(csv.DictReader(file))
    assert headings("ereignisse.md") == [f"{kind['name']} (`{kind['key']}`)" for kind in kinds]
    text = (HANDBOOK / "ereignisse.md").read_text(encoding="utf-8")
    assert [kind["key"] for kind in kinds if kind["definition"] not in text] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(page.stem for page in folder.glob("0*.md"))
    assert re.findall(r"^(0\d{3}-\S+)$", (folder / "index.md").read_text(encoding="utf-8"), re.MULTILINE) == pages


def test_every_runtime_dependency_has_its_line() -> None:
    import tomllib

    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [re.split(r"[\[<>=]", dependency)[0] for dependency in named]
    text = (ROOT / "docs" / "decisions" / "0005-dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for name in names if name.lower() not in text] == []


def test_the_first_screen_of_the_readme_has_two_commands_and_two_pictures() -> None:
    start = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:15])
    pictures = re.findall(r"\]\((docs/\S+\.png)\)", start)
    assert ("script/up" in start, "script/test" in start, len(pictures)) == (True, True, 2)
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_examples_in_docstrings_run() -> None:
    modules = [path for path in (ROOT / "src" / "asskomm").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--doctest-modules", "--import-mode=importlib", *map(str, modules)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_every_picture_is_shown_and_every_shown_one_can_be_taken_anew() -> None:
    shown = [name for page in HANDBOOK.glob("*.md") for name in re.findall(r"^!\[.{20,}\]\(bilder/([\w-]+)\.png\)$", page.read_text("utf-8"), re.MULTILINE)]
    assert sorted(shown) == sorted(path.stem for path in (HANDBOOK / "bilder").iterdir()) == sorted(PICTURES)
