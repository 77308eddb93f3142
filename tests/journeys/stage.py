"""The stage of a journey: the product as processes, the world as processes, and eyes on both.

Nothing here reaches into the product: orders come from the ERP, answers from carriers, proofs over
the API; what is compared is the ERP's books and the product's ledger in Postgres.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import yaml

from drawbar.records.server.embedded import find_seat, logins_of
from drawbar.world.troupe import Player, Troupe
from tests.journeys import scenes as script
from tests.journeys.acme_cast import company_of, furnish, players
from tests.journeys.scenes import Scene

PATIENCE_SECONDS = 60
BASE = datetime(2026, 9, 14)  # noqa: DTZ001 - the clocks on the walls of the stops


class Stage:
    """One firm on one machine, told to do things and looked at."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o711)
        self.folder = folder
        slow = Player(kind="carrier-api", state=folder / "world" / "slow", options=("--live",))
        self.world = Troupe({**players(folder / "world"), "slow": slow})
        self.company = company_of(self.world, folder / "world")
        furnish(self.world)
        self._add_slow_carrier()
        self.environ = {**os.environ, "DRAWBAR_DATA": str(folder / "data")}
        self.environ.pop("DATABASE_URL", None)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.drawbar("doctor", check=False)
        self._key = ""

    def _add_slow_carrier(self) -> None:
        """Add a carrier whose tenders end at once: silence, and an acceptance that is too late."""
        nrth = self.company / "partners" / "NRTH.yaml"
        told = yaml.safe_load(nrth.read_text()) | {
            "carrier_ref": "SLOW", "name": "Slow Haul", "system": "slow", "response_minutes": 0,
        }  # fmt: skip
        (self.company / "partners" / "SLOW.yaml").write_text(yaml.safe_dump(told))
        contract = (self.company / "contracts" / "NRTH-2026.yaml").read_text()
        slow = contract.replace("NRTH", "SLOW")
        (self.company / "contracts" / "SLOW-2026.yaml").write_text(slow)
        system = {
            "connector": "carrier_api",
            "party_ref": "SLOW",
            "line": {"address": self.world["slow"].address},
        }
        (self.company / "systems" / "slow.yaml").write_text(yaml.safe_dump(system))
        routing = self.company / "policies" / "routing.yaml"
        guides = yaml.safe_load(routing.read_text())
        memphis = {"guide_ref": "memphis", "destination": {"region": "TN"}}
        guides["guides"].append({**memphis, "carriers": ["SLOW", "ABCD"]})
        routing.write_text(yaml.safe_dump(guides))

    # what the product is told

    def open(self) -> None:
        """Start web and one worker, each a process of its own."""
        self.web = self._start("up", "--port", "0", "--no-work")
        eventually(self._said_address)
        self.address = self._said_address()
        self.start_worker()
        self._key = self._made_key()

    def _made_key(self) -> str:
        return self.drawbar("keys", "create", "journey", "--role", "admin").split()[-1]

    def start_worker(self) -> None:
        self.workers.append(self._start("worker"))

    def kill_worker(self) -> None:
        worker = self.workers.pop()
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def kill_database(self) -> None:
        pid = (self.folder / "data" / "cluster" / "postmaster.pid").read_text().split()[0]
        os.kill(int(pid), signal.SIGKILL)

    def close(self) -> None:
        for process in [*self.workers, getattr(self, "web", None)]:
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in [*self.workers, getattr(self, "web", None)]:
            if process is not None:
                process.wait(timeout=60)
        self.world.close()

    def said(self) -> str:
        """Return the end of what each process said, for whoever looks for a fault."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in logs)

    def drawbar(self, *words: str, check: bool = True) -> str:
        command = [sys.executable, "-m", "drawbar.cli", *words]
        if words[0] not in {"demo", "apply"}:
            command += ["--company", str(self.company)]
        ended = subprocess.run(
            command, env=self.environ, capture_output=True, text=True, check=False, timeout=120
        )
        assert not check or ended.returncode == 0, ended.stderr
        return ended.stdout

    def terms(self, customer: str, **billing: Any) -> None:
        """Agree with a customer how it is invoiced, and apply the folder while all runs."""
        path = self.company / "customers" / f"{customer}.yaml"
        told = yaml.safe_load(path.read_text())
        path.write_text(yaml.safe_dump(told | {"billing": billing}))
        self.drawbar("apply", str(self.company), "--because", f"terms of {customer}")

    def get(self, path: str) -> Any:
        """Return what the API answers."""
        question = Request(self.address + path, headers={"Authorization": f"Bearer {self._key}"})
        with urlopen(question, timeout=30) as answer:
            return json.load(answer)

    def post(self, path: str, body: Any, *, key: str = "") -> int:
        """Return the status; a refusal is an answer too."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        if key:
            headers["Idempotency-Key"] = key
        question = Request(self.address + path, data=json.dumps(body).encode(), headers=headers)
        try:
            with urlopen(question, timeout=30) as answer:
                return answer.status
        except HTTPError as error:
            return error.code

    # what the world does

    def teach(self, scene: Scene) -> None:
        for system in ("abcd", "northlake", "slow"):
            told = script.behaviour(scene, "abcd" if system == "abcd" else "northlake", BASE)
            own = dict(scene.behaviours).get(system, told)
            lesson = {"ref": f"BOL-{scene.number[3:]}", "behaviour": own}
            self.world[system].tell("/control/behaviour", lesson)

    def order(self, scene: Scene, **changes: Any) -> None:
        self.world["erp"].tell("/control/orders", script.order(scene, BASE) | changes)

    def prove(self, scene: Scene) -> None:
        """Hand in the proof as a client does: again until it is taken."""
        key = f"pod-{scene.number}"
        eventually(lambda: self.post("/v1/pods", script.pod(scene, BASE), key=key) == 202)

    def heard(self, system: str) -> set[str]:
        """Return the tenders that a carrier on X12 has read."""
        loads = self.world[system].tell("/loads", None, method="GET")["loads"]
        return {load["tender"] for load in loads}

    # what can be seen

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        for _ in range(100):
            try:
                with psycopg.connect(self._url()) as connection:
                    return connection.execute(query, values).fetchall()
            except psycopg.OperationalError:
                time.sleep(0.2)
        raise TimeoutError("the database did not come back")

    def _url(self) -> str:
        seat = find_seat("drawbar", environ=self.environ, data_dir=None)
        port = int(seat.place.port.read_text())
        return logins_of(seat, port=port, database="drawbar").engine_url

    def bill(self, order: str) -> list[tuple[Any, ...]]:
        query = (
            "SELECT status, payable, disputed, reason FROM freight_bills WHERE shipment_ref = %s"
        )
        return self.rows(query + " ORDER BY ref", f"S-{order}")

    def shipment(self, order: str) -> dict[str, Any]:
        names = "status, carrier_ref, tender_state, cost, revenue, flags"
        found = self.rows(f"SELECT {names} FROM shipments WHERE ref = %s", f"S-{order}")
        return dict(zip(names.split(", "), found[0], strict=True)) if found else {}

    def books(self) -> dict[str, Decimal]:
        """Return the ERP's posted documents by our business key, with the sum of their debits."""
        found = self.world["erp"].tell("/api/documents", None, method="GET")["documents"]
        books: dict[str, Decimal] = {}
        for one in found:
            assert one["state"] == "posted", one
            assert one["origin"] not in books, f"{one['origin']} stands twice in the ERP"
            books[one["origin"]] = sum(
                (Decimal(str(line["debit"])) for line in one["lines"]), start=Decimal(0)
            )
        return books

    def ledger(self) -> dict[str, Decimal]:
        """Return the same of our ledger: every entry that the ERP must hold, by its key there."""
        query = (
            "SELECT entry_ref, about_kind, about_ref, sum(amount) FROM entries"
            " JOIN entry_lines USING (entry_ref)"
            " WHERE amount > 0 AND purpose NOT IN ('bill_paid', 'invoice_paid')"
            " GROUP BY entry_ref, about_kind, about_ref"
        )
        debits: dict[str, Decimal] = {}
        for *names, amount in self.rows(query):
            key = _erp_key(*names)
            debits[key] = debits.get(key, Decimal(0)) + amount
        return debits

    def is_calm(self) -> bool:
        query = (
            "SELECT (SELECT count(*) FROM pending),"
            " (SELECT count(*) FROM deliveries WHERE state IN ('ready', 'claimed'))"
        )
        return self.rows(query) == [(0, 0)]

    # processes

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "drawbar.cli", *words, "--company", str(self.company)]
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            return subprocess.Popen(command, env=self.environ, stderr=log)

    def _said_address(self) -> str:
        said = (self.folder / "up.log").read_text()
        opened = [line for line in said.splitlines() if line.startswith("Open ")]
        return opened[0].removeprefix("Open ").split("/login/")[0] if opened else ""


def _erp_key(entry_ref: str, about_kind: str, about_ref: str) -> str:
    """Return how the ERP's document of an entry is called by us."""
    if about_kind == "freight_bill":
        return f"{about_ref}/{entry_ref.rpartition(':')[2]}"
    return about_ref if about_kind == "customer_invoice" else entry_ref


def eventually(true: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something is so; say what it was when it never became so."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"not so after {seconds} s"
        time.sleep(0.2)
