"""The command line as a whole: quick to answer, documented to the last option."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from drawbar.cli.commands import COMMANDS, main
from tests.cli.stand import Run

DOCS = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
HEAVY = ("litestar", "psycopg", "uvicorn", "httpx", "rich", "yaml", "jinja2")
PROBE = f"""
import sys
from drawbar.cli.commands import main
for arguments in {{arguments!r}}:
    main([*arguments, "--help"], standalone_mode=False)
loaded = sorted(set({HEAVY!r}) & set(sys.modules))
print(",".join(loaded), file=sys.stderr)
"""


def commands() -> Iterator[tuple[str, ...]]:
    """Yield every command as it is typed, groups too."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.commands)


def command_of(path: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return command


ALL = list(commands())


def test_help_loads_nothing_heavy():
    probe = PROBE.format(arguments=[[], *(list(path) for path in ALL)])

    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == ""


def sections() -> dict[str, str]:
    """Return each section of the document by its heading."""
    parts = re.split(r"^#{2,3} `drawbar (.+?)`.*$", DOCS.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_is_documented(path):
    section = sections()[" ".join(path)]

    shared = {"--company", "--database", "--json", "--help"}
    options = {
        name
        for parameter in command_of(path).params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
        if name.startswith("--")
    }
    assert {name for name in options - shared if f"`{name}" not in section} == set()


def test_the_document_has_no_command_that_there_is_not():
    assert sections().keys() == {" ".join(path) for path in ALL}


@pytest.mark.parametrize(
    "path",
    [path for path in ALL if not isinstance(command_of(path), click.Group)],
    ids=" ".join,
)
def test_every_command_that_answers_answers_in_json_too(path):
    options = {name for parameter in command_of(path).params for name in parameter.opts}

    assert "--json" in options or path in {("up",), ("worker",)}


def test_a_company_folder_that_cannot_be_read_exits_4_and_names_the_file(run, tmp_path: Path):
    found = run("trace", "1001", "--company", tmp_path)

    assert (found.exit_code, found.stdout) == (4, "")
    assert "drawbar.toml: The file is missing." in found.stderr


def test_a_database_that_is_away_exits_7(run: Run):
    found = run("case", "list", DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing")

    assert (found.exit_code, found.stdout) == (7, "")
    assert "DATABASE_URL" in found.stderr


def test_no_color_is_no_color(run: Run):
    assert "\x1b" not in run("trace", "1001").stdout


def test_what_a_program_reads_is_on_stdout_alone(run: Run):
    told = run("trace", "1001", "--json")

    assert told.stdout.startswith("{")
    assert told.stderr == ""


@pytest.mark.parametrize("path", [(), *ALL], ids=" ".join)
def test_a_list_of_commands_is_not_cut_off(path):
    command = command_of(path)
    context = click.Context(command, info_name="drawbar")

    assert "..." not in command.get_help(context).partition("Commands:")[2]


def test_a_day_that_is_none_is_refused_with_one_to_copy(run: Run):
    told = run("payment", "propose", "--until", "31.12.2026", "--by", "Ana")

    assert told.exit_code == 2
    assert "'31.12.2026' is no day; write one such as 2026-04-15" in told.stderr
