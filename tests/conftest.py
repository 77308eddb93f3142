"""What every test shares: how a test says what it needs from outside, and what did not run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

# What holds for every example holds on a busy machine too; how fast we are is measured apart.
settings.register_profile("every machine", deadline=None)
settings.load_profile("every machine")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = Path(os.environ.get("DRAWBAR_SAMPLES", ROOT.parent / "shared" / "data"))
REQUIRE_ALL = os.environ.get("DRAWBAR_REQUIRE") == "all"


def can_fetch_packages() -> bool:
    """Say whether pip finds the tool that builds us."""
    with tempfile.TemporaryDirectory() as folder:
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0"]
        command = [*fetch, "--dest", folder, "hatchling"]
        fetched = subprocess.run(command, capture_output=True, check=False)
    return fetched.returncode == 0


THINGS: dict[str, tuple[Callable[[], object], str]] = {
    # what a test needs: (is it here?, the command that brings it)
    "chromium": (lambda: shutil.which("chromium"), "apt-get install chromium"),
    "packages": (can_fetch_packages, "a network in which pip finds packages"),
    "samples": (
        (SAMPLES / "edi").is_dir,
        "set DRAWBAR_SAMPLES to the folder of public sample messages",
    ),
    "sshd": (
        lambda: shutil.which("sshd", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"),
        "apt-get install openssh-server",
    ),
    "openssl": (lambda: shutil.which("openssl"), "apt-get install openssl"),
    "root": (lambda: os.geteuid() == 0, "run as root"),
}

NOT_RUN = "not run for want of"


@cache
def is_here(thing: str) -> bool:
    """Say whether a thing is here; asked once, for asking may take seconds."""
    return bool(THINGS[thing][0]())


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        thing, remedy = marker.args[0], THINGS[marker.args[0]][1]
        if is_here(thing):
            continue
        item.user_properties.append((NOT_RUN, f"{thing}: {remedy}"))
        if REQUIRE_ALL and thing != "root":
            pytest.fail(f"needs {thing}: {remedy}")
        pytest.skip(f"needs {thing}: {remedy}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what did not run. Reports alone know it: tests may run in other processes."""
    not_run: dict[str, list[str]] = {}
    for outcome in ("skipped", "error"):
        for report in terminalreporter.getreports(outcome):
            for name, thing in report.user_properties if report.when == "setup" else ():
                if name == NOT_RUN:
                    not_run.setdefault(thing, []).append(report.nodeid)
    for thing, tests in not_run.items():
        terminalreporter.section(f"{NOT_RUN} {thing}")
        for test in sorted(tests):
            terminalreporter.line(test)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of public samples; a test that uses it is marked ``needs("samples")``."""
    return SAMPLES


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests: playwright cannot be begun a second time beside itself."""
    from playwright.sync_api import sync_playwright  # only where a browser is asked for

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=arguments
        )
        yield browser
        browser.close()
