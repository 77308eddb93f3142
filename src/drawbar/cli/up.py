"""``drawbar up`` and ``drawbar worker``: Drawbar at work, until it is told to stop."""

import signal
import threading
from pathlib import Path

import click

from drawbar.cli.options import firm_options, say, the_firm


@click.command()
@firm_options
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, help="0 takes any free one.")
@click.option("--no-work", is_flag=True, help="Serve only; workers run elsewhere.")
def up(company: Path | None, database: str, host: str, port: int, no_work: bool) -> None:
    """Run Drawbar: pages, API and everything that works behind them."""
    from drawbar.cli.crew import Crew  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.serving import serve  # noqa: PLC0415
    from drawbar.engine import SystemClock  # noqa: PLC0415

    with the_firm(company, database, threads=16, clock=SystemClock()) as firm:
        say(f"{firm.folder.company.name} on {firm.database.describe()}")
        crew = Crew(firm)
        if not no_work:
            crew.start()
        try:
            serve(firm, name=database, host=host, port=port)
        finally:
            crew.stop()


@click.command()
@firm_options
def worker(company: Path | None, database: str) -> None:
    """Run only what works: decide, deliver, read; no pages."""
    from drawbar.cli.crew import Crew  # noqa: PLC0415 - --help stays fast
    from drawbar.engine import SystemClock  # noqa: PLC0415

    over = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: over.set())
    with the_firm(company, database, threads=16, clock=SystemClock()) as firm:
        crew = Crew(firm)
        crew.start()
        say(f"{firm.folder.company.name}: at work on {firm.database.describe()}")
        over.wait()
        crew.stop()
