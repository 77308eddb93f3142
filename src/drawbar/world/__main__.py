"""Start one small system: ``python -m drawbar.world erp --port 0 --state DIR``.

When it is ready it prints one line of JSON with its address.
"""

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.desk import ApiDesk
from drawbar.world.carrier_csv.carrier import CsvCarrier, CsvSettings
from drawbar.world.carrier_csv.desk import CsvDesk
from drawbar.world.carrier_edi.carrier import DIALECTS, EdiCarrier, EdiSettings
from drawbar.world.carrier_edi.desk import EdiDesk
from drawbar.world.carrier_edifact.carrier import EdifactCarrier
from drawbar.world.clock import Clock
from drawbar.world.desk import Desk
from drawbar.world.erp.office import Office
from drawbar.world.fault import Faults
from drawbar.world.listener import Listener, Routes
from drawbar.world.telematics.desk import TelematicsDesk
from drawbar.world.telematics.telematics import Telematics
from drawbar.world.wms import Warehouse

Options = argparse.Namespace
Opening = Callable[[Options, Clock, Faults], Routes]

BEAT_SECONDS = 0.1
"""How often a carrier that lives by itself looks whether there is something to do."""

PARENT_SECONDS = 1.0
"""How often a system looks whether whoever started it is still there."""


def _open_erp(options: Options, clock: Clock, _: Faults) -> Routes:
    return Office(options.state, clock).routes()


def _open_wms(options: Options, clock: Clock, _: Faults) -> Routes:
    return Warehouse(options.state, clock).routes()


def _open_carrier_edi(options: Options, clock: Clock, faults: Faults) -> Routes:
    return _lively(EdiDesk(EdiCarrier(_edi_settings(options), faults), clock), options)


def _open_carrier_edifact(options: Options, clock: Clock, faults: Faults) -> Routes:
    return _lively(EdiDesk(EdifactCarrier(_edi_settings(options), faults), clock), options)


def _edi_settings(options: Options) -> EdiSettings:
    return EdiSettings(
        scac=options.scac,
        inbox=options.inbox or options.state / "inbox",
        outbox=options.outbox or options.state / "outbox",
        state=options.state,
        dialect=options.dialect,
    )


def _open_carrier_csv(options: Options, clock: Clock, faults: Faults) -> Routes:
    settings = CsvSettings(
        inbox=options.inbox or options.state / "inbox",
        outbox=options.outbox or options.state / "outbox",
        state=options.state,
    )
    return _lively(CsvDesk(CsvCarrier(settings, faults), clock), options)


def _open_carrier_api(options: Options, clock: Clock, _: Faults) -> Routes:
    return _lively(ApiDesk(ApiCarrier(options.state), clock), options)


def _open_telematics(options: Options, clock: Clock, _: Faults) -> Routes:
    return TelematicsDesk(Telematics(options.state), clock).routes()


SYSTEMS: dict[str, Opening] = {
    "erp": _open_erp,
    "wms": _open_wms,
    "carrier-edi": _open_carrier_edi,
    "carrier-edifact": _open_carrier_edifact,
    "carrier-csv": _open_carrier_csv,
    "carrier-api": _open_carrier_api,
    "telematics": _open_telematics,
}


def main(arguments: list[str] | None = None) -> None:
    """Run the system that the command line names, until the process ends."""
    options = _parser().parse_args(arguments)
    _leave_with_parent()
    clock, faults = Clock(), Faults()
    routes = SYSTEMS[options.system](options, clock, faults)
    listener = Listener(routes, port=options.port, clock=clock, faults=faults)
    sys.stdout.write(json.dumps({"system": options.system, "address": listener.address}) + "\n")
    sys.stdout.flush()
    listener.listen()


def _lively(desk: Desk, options: Options) -> Routes:
    """Let a carrier act by itself; without ``--live`` it waits to be told."""

    def beat() -> None:
        while True:
            desk.act()
            time.sleep(BEAT_SECONDS)

    if options.live:
        threading.Thread(target=beat, name="live", daemon=True).start()
    return desk.routes()


def _leave_with_parent() -> None:
    """End when whoever started us is gone: two carriers over one state would both act."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_SECONDS)
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="drawbar.world", description=__doc__)
    parser.add_argument("system", choices=sorted(SYSTEMS))
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--state", type=Path, required=True, help="where it remembers")
    parser.add_argument("--scac", default="ABCD", help="the carrier's code")
    parser.add_argument("--inbox", type=Path, help="where a carrier over folders reads")
    parser.add_argument("--outbox", type=Path, help="where a carrier over folders writes")
    parser.add_argument(
        "--dialect", choices=sorted(DIALECTS), default="bar", help="how a carrier writes X12"
    )
    parser.add_argument("--live", action="store_true", help="a carrier acts by itself")
    return parser


if __name__ == "__main__":
    main()
