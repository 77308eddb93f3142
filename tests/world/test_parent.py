"""A small system ends with whoever started it, however that one ended."""

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

STARTER = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "drawbar.world", "wms", "--state", sys.argv[1]])
child.wait()
"""


@pytest.mark.system
def test_a_system_does_not_outlive_its_starter(tmp_path: Path):
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    address = json.loads(starter.stdout.readline())["address"]
    assert httpx.get(f"{address}/health").status_code == 200

    starter.kill()
    starter.wait()
    starter.stdout.close()

    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/health")
        except httpx.ConnectError:
            return
        time.sleep(0.2)
    pytest.fail("the small system lives on")
