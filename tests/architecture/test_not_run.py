"""What this machine cannot run is told at the end, however many workers there are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRIAL = """
import pytest

@pytest.mark.needs("samples")
def test_that_cannot_run_here(): ...

def test_that_can(): ...
"""

SETTING = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin"}


def told(folder: Path, *options: str, **environ: str) -> str:
    """Run one test without its samples and one that needs nothing; return what is told."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_trial.py").write_text(TRIAL)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = needs(thing): from outside\n")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=os.environ | SETTING | {"DRAWBAR_SAMPLES": str(folder / "nowhere")} | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout


@pytest.mark.system
@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "two workers"])
@pytest.mark.parametrize(
    ("require", "outcome"), [("", "1 skipped"), ("all", "1 error")], ids=["listed", "a failure"]
)
def test_what_did_not_run_is_listed_and_a_failure_where_all_is_required(
    tmp_path, options, require, outcome
):
    _, listed = told(tmp_path, *options, DRAWBAR_REQUIRE=require).split(
        "not run for want of samples: set DRAWBAR_SAMPLES", 1
    )

    assert "test_trial.py::test_that_cannot_run_here" in listed
    assert outcome in listed
