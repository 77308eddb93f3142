"""The fences between packages hold, and each of them is able to fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

VIOLATIONS = {
    "a decision package knows another": ("rating", "import drawbar.matching"),
    "a decision package knows the flow": ("settlement", "import drawbar.flow"),
    "the vocabulary knows a decision": ("freight", "import drawbar.rating"),
    "the flow knows Postgres's records": ("flow", "import drawbar.records"),
    "records know the engine": ("records", "import drawbar.engine"),
    "messages know the connectors": ("messages", "import drawbar.connectors"),
    "connectors know the engine": ("connectors", "import drawbar.engine"),
    "the engine knows the web": ("engine", "import drawbar.web"),
    "the web knows the command line": ("web", "import drawbar.cli"),
    "the core opens a file": ("billing", "import pathlib"),
    "the core reads a clock": ("milestones", "import time"),
    "the core throws dice": ("matching", "import random"),
    "the core talks to Postgres": ("flow", "import psycopg"),
    "EDI knows shipments": ("edi", "import drawbar.freight"),
    "the world knows the product": ("world", "import drawbar.rating"),
    "the world prices with our rules": ("world", "import drawbar.settlement"),
    "the product knows the world": ("engine", "import drawbar.world"),
    "the web talks to Postgres": ("web", "import psycopg"),
}


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    config = ["--config", str(ROOT / "pyproject.toml")]
    environment = {"PYTHONPATH": str(source), "PATH": "", "NO_COLOR": "1"}
    return subprocess.run(
        [*command, *config],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def plant(source: Path, package: str, module: str, line: str) -> None:
    (source / "drawbar" / package).mkdir(exist_ok=True)
    (source / "drawbar" / package / "__init__.py").touch()
    (source / "drawbar" / package / f"{module}.py").write_text(f'"""Planted."""\n\n{line}\n')


def copied_to(source: Path) -> Path:
    without = shutil.ignore_patterns("__pycache__", "*.sql", "*.html", "*.css")
    shutil.copytree(ROOT / "src" / "drawbar", source / "drawbar", ignore=without)
    return source


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Plant every violation in a module of its own; return what is said of them all."""
    source = copied_to(tmp_path_factory.mktemp("source"))
    for number, (package, line) in enumerate(VIOLATIONS.values()):
        plant(source, package, f"planted_{number}", line)
    outcome = lint_imports(source)
    assert outcome.returncode == 1, outcome.stdout
    return outcome.stdout


def test_the_code_keeps_inside_its_fences():
    outcome = lint_imports(ROOT / "src")

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("number", range(len(VIOLATIONS)), ids=VIOLATIONS)
def test_a_planted_violation_is_seen(seen: str, number: int):
    package, line = list(VIOLATIONS.values())[number]
    known = line.removeprefix("import ")

    assert f"drawbar.{package} is not allowed to import {known}:" in seen
    assert f"drawbar.{package}.planted_{number} -> {known} (l.3)" in seen


def test_a_package_that_nobody_placed_is_seen(tmp_path: Path):
    source = copied_to(tmp_path)
    plant(source, "elsewhere", "planted", "import drawbar.freight")

    outcome = lint_imports(source)

    assert outcome.returncode == 1, outcome.stdout
    assert "drawbar.elsewhere" in outcome.stdout


@pytest.mark.parametrize(
    "line",
    ["datetime.datetime.now(datetime.UTC)", "datetime.date.today()", "datetime.datetime.utcnow()"],
)
def test_a_planted_clock_is_seen(tmp_path: Path, line: str):
    planted = tmp_path / "planted.py"
    planted.write_text(f"import datetime\n\nNOW = {line}\n")
    ruff = str(Path(sys.executable).parent / "ruff")
    config = str(ROOT / "pyproject.toml")

    outcome = subprocess.run(
        [ruff, "check", "--config", config, "--select", "TID251", "--no-cache", str(planted)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "TID251" in outcome.stdout
