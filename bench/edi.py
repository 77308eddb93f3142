"""How fast EDI is read with the check of every element, and in how much memory.

The limit is a two-level ``split`` (terminator, then separator) of the same bytes in the same run;
two other readers are measured beside it. Run it with ``python -m bench.edi [megabytes]``: the file
for the measure of memory is 500 MB if nothing is said, 0 leaves it out.
"""

import io
import resource
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pydifact.segmentcollection import Interchange as PydifactInterchange
from pyx12.x12file import X12Reader  # type: ignore[import-untyped]

from bench.audit import fastest
from bench.edi_files import edifact, write_file, x12
from drawbar.edi import check, parse, read

SETS, MESSAGES = 150, 600
MEGABYTES = 500
OF_SPLIT, OF_PYX12 = 0.2, 5.0

Works = dict[str, Callable[[], object]]


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    print("(the machine is shared: whoever else works on it is in these figures)\n")
    x12_speed()
    print()
    edifact_speed()
    if megabytes:
        print()
        memory(megabytes)


def x12_speed() -> None:
    data = x12(1, SETS)
    text = data.decode("latin-1")
    ours = "read, and check every element"
    best = _shown(
        "X12 204, 990, 214, 210",
        data,
        SETS * 4,
        {
            "split twice: terminator, then separator": lambda: [
                one.split("*") for one in text.split("~")
            ],
            "read: envelopes, positions, counts": lambda: read(data),
            ours: lambda: _checked(data),
            "read, check, and what each set says": lambda: _parsed(data),
            "pyx12 X12Reader: segments and counts": lambda: list(X12Reader(io.StringIO(text))),
        },
    )
    split, *_, pyx12 = best.values()
    print(f"{ours}: {split / best[ours]:.3f} of split, target {OF_SPLIT}")
    print(f"{ours}: {pyx12 / best[ours]:.1f} times pyx12's reader, target {OF_PYX12:.0f}")


def edifact_speed() -> None:
    data = edifact(1, MESSAGES)
    text = data.decode("latin-1")
    ours = "read, and check every element"
    best = _shown(
        "EDIFACT IFTSTA",
        data,
        MESSAGES,
        {
            "split twice: terminator, then separator": lambda: [
                one.split("+") for one in text.split("'")
            ],
            "read: envelopes, positions, counts": lambda: read(data),
            ours: lambda: _checked(data),
            "read, check, and what each message says": lambda: _parsed(data),
            "pydifact: segments and messages": lambda: _by_pydifact(text),
        },
    )
    split, *_, pydifact = best.values()
    print(f"{ours}: {split / best[ours]:.3f} of split, target {OF_SPLIT}")
    print(f"{ours}: {pydifact / best[ours]:.1f} times pydifact")


def _by_pydifact(text: str) -> None:
    with warnings.catch_warnings():  # of tables that it does not have
        warnings.simplefilter("ignore")
        list(PydifactInterchange.from_str(text).get_messages())


def _shown(what: str, data: bytes, sets: int, works: Works) -> dict[str, float]:
    best = fastest(works)
    limit = next(iter(best.values()))
    size = f"{what}, {len(data) / 1e6:.1f} MB"
    print(f"{size:44}{'MB/s':>10}{'sets/s':>10}{'of limit':>10}   (of one core's time)")
    for words, seconds in best.items():
        speed = len(data) / seconds / 1e6
        print(f"{words:44}{speed:10.1f}{sets / seconds:10,.0f}{limit / seconds:10.3f}")
    return best


def _checked(data: bytes) -> None:
    for interchange in read(data).interchanges:
        for item in interchange.sets:
            check(item)


def _parsed(data: bytes) -> None:
    for interchange in read(data).interchanges:
        for item in interchange.sets:
            parse(item)


def memory(megabytes: int) -> None:
    """Validate a large file by the command, and say how much memory that took at most."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "large.edi"
        sets = write_file(path, megabytes)
        largest = len(x12(1, 60))
        command = [sys.executable, "-m", "drawbar.cli", "edi", "validate", str(path)]
        begun = perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = perf_counter() - begun
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    allowed = 64 * 1024 * 1024 + 10 * largest
    print(f"drawbar edi validate, {size / 1e6:,.0f} MB in interchanges of {largest / 1e6:.2f} MB")
    print(f"  {done.stderr.strip().splitlines()[-1]} (exit {done.returncode})")
    print(f"  {size / seconds / 1e6:.1f} MB/s, {sets / seconds:,.0f} sets/s")
    print(f"  {peak / 1e6:.1f} MB at most; allowed {allowed / 1e6:.1f} (64 MiB and ten times one)")


if __name__ == "__main__":
    main()
