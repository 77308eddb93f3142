"""The shadow audit of files: X12 read with every check, a whole folder, and input that is wrong."""

import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench.audit import fastest
from bench.audit_bills import asked
from bench.audit_folder import LINES_EACH, interchange, write_folder, write_wrong
from drawbar.cli.audit.audited import Audited, audited
from drawbar.edi import check, parse, read

EDI_BILLS = 300
LINES = 6_000
ENDLESS = 1_000_000
AS_OF = date(2026, 6, 1)


def edi(bills: int = EDI_BILLS) -> None:
    """Read 210s with the check of every element, and split them by hand."""
    data = interchange(range(bills))
    text = data.decode("latin-1")
    sets = [one for each in read(data).interchanges for one in each.sets]
    best = fastest(
        {
            "split twice: terminator, then separator": lambda: [
                one.split("*") for one in text.split("~")
            ],
            "read: envelopes, positions, counts": lambda: read(data),
            "the check of every element": lambda: [check(one) for one in sets],
            "read, check, and the invoice that it says": lambda: [
                parse(one) for each in read(data).interchanges for one in each.sets
            ],
        }
    )
    limit = next(iter(best.values()))
    print(f"{'X12 210s of three charges':44}{'MB/s':>10}{'of limit':>10}   (of one core's time)")
    for words, seconds in best.items():
        print(f"{words:44}{len(data) / seconds / 1e6:10.1f}{limit / seconds:10.3f}")


def whole(lines: int = LINES) -> None:
    """Audit a folder of so many lines: a third as many bills and shipments, with their events."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(folder, lines // LINES_EACH)
        by_hand, before = _by_hand(folder, lines // LINES_EACH), _peak_mb()
        _audit(folder, lambda found, seconds, own: _told(found, seconds, own, by_hand, before))


def wrong(lines: int = ENDLESS) -> None:
    """Audit a folder with a bill of so many lines, as CSV and as X12, and with a huge field."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(folder, LINES // LINES_EACH)
        write_wrong(folder, lines)
        _audit(folder, lambda found, seconds, _: _named(found, seconds, lines))


def _audit(folder: Path, told: Callable[[Audited, float, float], None]) -> None:
    start, own = perf_counter(), process_time()
    with audited(folder, as_of=AS_OF, progress=_Memory().note) as found:
        seconds, own = perf_counter() - start, process_time() - own
        told(found, seconds, own)


def _told(found: Audited, seconds: float, own: float, by_hand: float, before_mb: int) -> None:
    said = found.summary
    print(f"shadow audit of {said.lines:,} lines in {said.bills:,} bills: {seconds:,.1f} s")
    print(f"{'decisions':44}{dict(said.decisions)}")
    print(f"{'bills a second':44}{said.bills / seconds:10,.0f}")
    print(f"{'lines a second':44}{said.lines / seconds:10,.0f}")
    print(
        f"{'lines a second of one core':44}{said.lines / own:10,.0f}   ({own:,.1f} s of its time)"
    )
    print(f"{'times the bills read and added up by hand':44}{own / by_hand:10,.0f}")
    print(f"{'peak memory, MB (' + str(before_mb) + ' before it began)':44}{_peak_mb():10,}")


def _named(found: Audited, seconds: float, lines: int) -> None:
    said = found.summary
    print(f"a bill of {lines:,} lines as CSV, one as X12, a field of 10 MB: {seconds:,.1f} s")
    print(f"{'other bills decided':44}{said.bills:10,}")
    print(f"{'peak memory, MB':44}{_peak_mb():10,}")
    for one in found.unread:
        print(f"  {one.file} {', '.join(one.places)[:40]}: {one.text}")


def _by_hand(folder: Path, bills: int) -> float:
    """Return a core's seconds to split as many bills and compare them with dictionaries."""
    start = process_time()
    agreed = {kind.value: amount for kind, amount in asked(1)}
    owed: dict[str, float] = {}
    with (folder / "bills.csv").open() as file:
        for row in file:
            cells = row.split(",")
            if cells[4] in agreed:
                owed[cells[1]] = owed.get(cells[1], 0.0) + min(float(cells[6]), 1650.0)
    return (process_time() - start) * bills / max(1, len(owed))


class _Memory:
    """Says what the process holds while it goes on: it must level off."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._start = perf_counter()

    def note(self, what: str, done: int, total: int) -> None:
        """Print what is held after each tenth, or after each hundred thousand rows."""
        at = f"{done * 10 // total * 10} %" if total else f"{done // 100_000 * 100_000:,} rows"
        if f"{what} {at}" not in self._said:
            self._said.add(f"{what} {at}")
            seconds = perf_counter() - self._start
            print(f"  {seconds:8,.1f} s {what + ' ' + at:34} {_held_mb():6,} MB held", flush=True)


def _held_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024**2


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
