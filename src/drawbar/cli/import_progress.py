"""How far an import is: a bar on a terminal, plain lines elsewhere, always on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drawbar.cli.import_run import Progress

Watch = Callable[[Progress], None]
_SECONDS_BETWEEN_LINES = 2.0


@contextmanager
def watching(bytes_total: int) -> Iterator[Watch]:
    """Yield what shows the progress of a file of ``bytes_total``."""
    if sys.stderr.isatty():
        with _bar(bytes_total) as watch:
            yield watch
    else:
        yield _plain_lines(bytes_total)


def _plain_lines(bytes_total: int) -> Watch:
    shown_at = 0.0

    def watch(progress: Progress) -> None:
        nonlocal shown_at
        if progress.seconds - shown_at >= _SECONDS_BETWEEN_LINES:
            shown_at = progress.seconds
            percent = 100 * progress.bytes_done // max(bytes_total, 1)
            sys.stderr.write(f"{percent}% {_words(progress)}\n")
            sys.stderr.flush()

    return watch


@contextmanager
def _bar(bytes_total: int) -> Iterator[Watch]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    with Bars(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task("reading", total=bytes_total)

        def watch(progress: Progress) -> None:
            bars.update(task, completed=progress.bytes_done, description=_words(progress))

        yield watch
        bars.update(task, completed=bytes_total)


def _words(progress: Progress) -> str:
    return (
        f"{progress.lines:,} lines, {progress.facts:,} facts, {progress.facts_per_second:,} facts/s"
    )
