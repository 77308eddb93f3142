"""How far an audit is: a bar on a terminal, nothing elsewhere; always on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from drawbar.cli.audit.run import Progress


@contextmanager
def watching() -> Iterator[Progress]:
    """Yield what shows how far the audit is."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _whole: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (BarColumn(), TextColumn("{task.description}"))
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading", total=None)

        def show(what: str, done: int, whole: int) -> None:
            bars.update(task, description=f"{what}, {done:,}", completed=done, total=whole or None)

        yield show
