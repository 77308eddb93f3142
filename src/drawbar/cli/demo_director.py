"""The director of a demo: tells the small systems what to do, hands in proofs, runs payments."""

import threading
from datetime import date, datetime

import structlog

from drawbar.cli import demo_script as script
from drawbar.cli.demo_company import furnish
from drawbar.cli.demo_paper import PaperDesk
from drawbar.cli.demo_script import SCENES, Scene
from drawbar.world.troupe import Troupe

BEAT_SECONDS = 3.0
TRIES = 60
CARRIERS = ("abcd", "northlake")
UNPAID = "INITECH"  # its unpaid debts keep an order on hold, for a visitor to see and to end

log = structlog.get_logger("drawbar.demo")


class Director:
    """Directs one demo in a thread of its own, once Drawbar listens at an address."""

    def __init__(self, troupe: Troupe, *, base: datetime, token: str) -> None:
        """Direct ``troupe``; ``token`` is the key by which proofs are handed in."""
        self._troupe, self._base, self._token = troupe, base, token
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
        desk = PaperDesk(address, self._token)
        try:
            self._open()
            for scene in SCENES:
                self._prove(scene, desk)
            while not self._over.wait(BEAT_SECONDS):
                desk.prove_delivered()
                paying = {"kind": "voucher", "paid_on": _today().isoformat()}
                self._troupe["erp"].tell("/control/pay", paying)
        except OSError as error:
            log.warning("the demo goes on without its director", why=str(error))

    def _open(self) -> None:
        """Set the stage and enter the orders, unless an earlier demo did."""
        erp = self._troupe["erp"]
        if erp.tell("/api/changes/orders", None, method="GET")["rows"]:
            return
        furnish(self._troupe)
        erp.tell("/control/receivables", {"party": UNPAID, "amount": "16000.00", "currency": "USD"})
        for system in CARRIERS:
            self._teach(system, "default", script.anything(system, _today().isoformat()))
            for scene in SCENES:
                told = script.behaviour(scene, system, self._base)
                self._teach(system, f"BOL-{scene.number[3:]}", told)
        self._over.wait(2)  # the customer's debts are read before its orders
        for scene in SCENES:
            erp.tell("/control/orders", script.order(scene, self._base))

    def _teach(self, system: str, ref: str, behaviour: script.Json) -> None:
        lesson = {"ref": ref, "behaviour": behaviour}
        self._troupe[system].tell("/control/behaviour", lesson)

    def _prove(self, scene: Scene, desk: PaperDesk) -> None:
        """Hand in the proof of a carrier that has no other way, and a bill once more."""
        for _ in range(TRIES if scene.pod is not None and scene.customer == "GLOBEX" else 0):
            if desk.hand_in(script.pod(scene, self._base), scene.number) or self._over.wait(0.5):
                break
        if scene.again and not self._over.wait(4):
            bill = script.bill(scene, "abcd", self._base.date()) | {"number": scene.again}
            told = {"ref": f"BOL-{scene.number[3:]}", "bill": bill}
            self._troupe["abcd"].tell("/control/tell", told)


def _today() -> date:
    """Return the day by the clock on this machine's wall: the ERP's and the carriers' own."""
    return datetime.now().astimezone().date()  # noqa: TID251 - the world has a clock
