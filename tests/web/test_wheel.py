"""The wheel alone, in an empty environment, shows a page with everything that the page loads."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.system, pytest.mark.needs("packages")]

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import re
from litestar import Litestar
from litestar.testing import TestClient
from drawbar.web.desks.static_files import static_file
from drawbar.web.problem_page import problem_kind
from drawbar.web.refusal import answer_refusal
from drawbar.web.problem import Refusal

app = Litestar([static_file, problem_kind], exception_handlers={Refusal: answer_refusal},
               openapi_config=None)
with TestClient(app) as client:
    page = client.get("/problems/unknown", headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text
    assert "<h1>" in page.text
    for address in re.findall(r'"(/static/[^"]+)"', page.text):
        answer = client.get(address)
        assert answer.status_code == 200 and answer.content, address
        print(address.split("/", 3)[3], answer.headers["content-type"])
"""


def ran(*command, cwd=ROOT):
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_what_pages_load_with_its_licences_and_nothing_more(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    vendor = {name.rpartition("/")[2] for name in names if "/static/vendor/" in name}

    assert {"htmx.js", "grid.js", "grid.css", "charts.js", "inter-latin.woff2"} <= vendor
    assert {"htmx-licence.txt", "grid-licence.txt", "charts-licence.txt"} <= vendor
    assert wheel.stat().st_size < 4_000_000
    assert not [name for name in names if "node_modules" in name or name.startswith("assets")]


def test_the_wheel_alone_shows_a_page(wheel, tmp_path):
    ran(sys.executable, "-m", "venv", str(tmp_path / "env"))
    python = str(tmp_path / "env" / "bin" / "python")
    install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    ran(*install, "--require-hashes", "-r", str(ROOT / "runtime.lock"))
    ran(*install, "--no-deps", str(wheel))

    loaded = ran(python, "-c", LOADED, cwd=tmp_path)
    for name in ("vendor/htmx.js text/javascript", "drawbar.css text/css", "inter.css text/css"):
        assert name in loaded
