"""The page about EDI can be tried from itself alone: files, commands, code and tables."""

import contextlib
import io
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from drawbar.cli.commands import main
from drawbar.cli.edi.standard import Standard
from drawbar.cli.edi.stated import TYPES
from drawbar.edi.edifact.directory.sets import SETS
from drawbar.edi.meaning import MEANINGS
from drawbar.edi.x12.release import RELEASES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "edi.md").read_text()
FILES = re.findall(r"^```edi (\S+)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
CONSOLE = re.findall(r"^```console\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [each.partition("\n") for block in CONSOLE for each in block.split("$ ")[1:]]
CODE = re.findall(
    r"^```python\n(.*?)^```\n+prints\n+```text\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the page gives."""
    folder = tmp_path_factory.mktemp("edi")
    for name, text in FILES:
        (folder / name).write_text(text)
    return folder


def outcome(command: str) -> list[str]:
    """Run a command of the page, what is piped into it too; return all that it says."""
    before, _, own = command.rpartition(" | drawbar ")
    given = subprocess.run(before, shell=True, capture_output=True, check=True).stdout  # noqa: S602
    arguments = shlex.split(own.removeprefix("drawbar "))
    told = CliRunner().invoke(main, arguments, input=given)
    assert told.exception is None or isinstance(told.exception, SystemExit)
    return [line.rstrip() for line in (told.stdout + told.stderr).splitlines()]


def test_the_page_has_files_commands_and_code():
    assert len(FILES) == 2
    assert len(COMMANDS) >= 10
    assert len(CODE) == 2


def test_every_command_of_the_page_says_what_the_page_shows(
    desk: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(desk)

    for command, _, shown in COMMANDS:
        assert sorted(outcome(command)) == sorted(shown.splitlines()), command


def test_the_code_of_the_page_prints_what_the_page_shows(
    desk: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(desk)
    names: dict[str, object] = {}

    for code, shown in CODE:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)  # noqa: S102 - our own page
        assert printed.getvalue().rstrip() == shown.rstrip()


def test_every_finding_is_in_the_table_as_it_is_weighed():
    rows = re.findall(r"^\| `([a-z_]+)` \| (\w+) \| (.+?) \| (.+) \|$", PAGE, flags=re.MULTILINE)

    stated = {code: (weight, meaning) for code, weight, meaning, _ in rows}
    assert stated == {str(code): (str(weight), text) for code, (weight, text) in MEANINGS.items()}
    assert all(advice.strip() for *_, advice in rows)


@pytest.mark.parametrize(
    ("standard", "known"),
    [
        (Standard.X12, {code for release in RELEASES for code in release.sets}),
        (Standard.EDIFACT, set(SETS)),
    ],
    ids=["X12", "EDIFACT"],
)
def test_every_set_is_in_the_table_as_it_is_read(standard: Standard, known: set[str]):
    row = re.search(rf"^\| {standard}, .*? \| (.*) \| (.*) \|$", PAGE, flags=re.MULTILINE)

    assert row is not None
    typed, plain = (set(cell.split(", ")) - {"TA1"} for cell in row.groups())
    assert typed == set(TYPES[standard])
    assert plain == known - typed
