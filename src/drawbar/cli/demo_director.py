"""The director of a demo: tells the small systems what to do, hands in proofs, runs payments."""

import json
import threading
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import structlog

from drawbar.cli import demo_script as script
from drawbar.cli.demo_company import furnish
from drawbar.cli.demo_script import SCENES, Scene
from drawbar.world.troupe import Troupe

PAY_SECONDS = 3.0
TRIES = 60
CARRIERS = ("abcd", "northlake")
UNPAID = "INITECH"  # its unpaid debts keep an order on hold, for a visitor to see and to end

log = structlog.get_logger("drawbar.demo")


class Director:
    """Directs one demo in a thread of its own, once Drawbar listens at ``address``."""

    def __init__(self, troupe: Troupe, *, base: datetime, carrier_token: str) -> None:
        """Direct ``troupe``; ``carrier_token`` is the key by which ABCD hands in its proofs."""
        self._troupe, self._base, self._token = troupe, base, carrier_token
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, address: str) -> None:
        """Begin; everything that was told before is told again and changes nothing."""
        self._thread = threading.Thread(target=self._direct, args=(address,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop directing."""
        self._over.set()
        if self._thread:
            self._thread.join(timeout=10)

    def _direct(self, address: str) -> None:
        try:
            if not self._troupe["erp"].tell("/api/changes/orders", None, method="GET")["rows"]:
                self._set_up()
                self._over.wait(2)  # the customer's debts are read before its orders
                for scene in SCENES:
                    self._troupe["erp"].tell("/control/orders", script.order(scene, self._base))
            self._prove(address)
            while not self._over.wait(PAY_SECONDS):
                self._pay()
        except OSError as error:
            log.warning("the demo goes on without its director", why=str(error))

    def _set_up(self) -> None:
        """Note what a customer owes already, and teach every carrier its scenes."""
        furnish(self._troupe)
        owed = {"party": UNPAID, "amount": "16000.00", "currency": "USD"}
        self._troupe["erp"].tell("/control/receivables", owed)
        for system in CARRIERS:
            for scene in SCENES:
                self._teach(system, scene)

    def _teach(self, system: str, scene: Scene) -> None:
        lesson = {
            "ref": f"BOL-{scene.number[3:]}",
            "behaviour": script.behaviour(scene, system, self._base),
        }
        self._troupe[system].tell("/control/behaviour", lesson)

    def _prove(self, address: str) -> None:
        """Hand in the proofs of the carrier that has no other way, and its bill once more."""
        for scene in SCENES:
            if scene.pod is not None and scene.customer == "GLOBEX":
                self._post(f"{address}/v1/pods", script.pod(scene, self._base), scene.number)
            if scene.again and not self._over.wait(4):
                day = self._base.date()
                bill = {**script.bill(scene, "abcd", day), "number": scene.again}
                told = {"ref": f"BOL-{scene.number[3:]}", "bill": bill}
                self._troupe["abcd"].tell("/control/tell", told)

    def _pay(self) -> None:
        today = datetime.now().astimezone().date().isoformat()  # noqa: TID251 - the ERP's own day
        self._troupe["erp"].tell("/control/pay", {"kind": "voucher", "paid_on": today})

    def _post(self, url: str, body: Any, key: str) -> None:
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": f"pod-{key}",
        }
        question = Request(url, data=json.dumps(body).encode(), headers=headers)  # noqa: S310
        for _ in range(TRIES):
            try:
                with urlopen(question, timeout=20):  # noqa: S310 - our own address
                    return
            except HTTPError as error:
                if error.code != HTTPStatus.NOT_FOUND:
                    raise
                self._over.wait(0.5)  # the load is not the carrier's yet
        log.warning("a proof of delivery found no shipment", proof=key)
