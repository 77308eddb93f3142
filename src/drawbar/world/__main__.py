"""Start one small system: ``python -m drawbar.world erp --port 0 --state DIR``.

When it is ready it prints one line of JSON with its address.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from drawbar.world.clock import Clock
from drawbar.world.erp.office import Office
from drawbar.world.listener import Listener, Routes
from drawbar.world.wms import Warehouse

Options = argparse.Namespace
Opening = Callable[[Options, Clock], Routes]


def _open_erp(options: Options, clock: Clock) -> Routes:
    return Office(options.state, clock).routes()


def _open_wms(options: Options, clock: Clock) -> Routes:
    return Warehouse(options.state, clock).routes()


SYSTEMS: dict[str, Opening] = {"erp": _open_erp, "wms": _open_wms}


def main(arguments: list[str] | None = None) -> None:
    """Run the system that the command line names, until the process ends."""
    options = _parser().parse_args(arguments)
    clock = Clock()
    listener = Listener(SYSTEMS[options.system](options, clock), port=options.port, clock=clock)
    sys.stdout.write(json.dumps({"system": options.system, "address": listener.address}) + "\n")
    sys.stdout.flush()
    listener.listen()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="drawbar.world", description=__doc__)
    parser.add_argument("system", choices=sorted(SYSTEMS))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
