"""Spoil EDI files a million times: nothing may raise but the codec's refusals, no bound may break.

``python -m bench.fuzz --inputs 1000000 [--seed 1]`` says how many inputs a second, and how time
grows with size. It exits 1 when something broke; ``--only N`` tries one input again and shows it.
"""

import argparse
import sys
from collections.abc import Callable
from math import log2
from time import process_time

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st

from bench.edi_files import edifact, x12
from bench.fuzz_corpus import corpus
from bench.fuzz_input import spoiled
from bench.fuzz_trial import tried
from drawbar.edi import parse, read

FROM_HYPOTHESIS = 20  # one input in so many is made by Hypothesis, from pieces of messages
SLOPE_MAX = 1.35  # 1 is linear; 2 would be the square of the size
SHOWN_MAX = 20
_PIECES = (
    *(b"ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        ",),
    *(b"*260301*0930*U*00401*000000007*0*P*:~", b"GS*IM*A*B*20260301*0930*7*X*004010~"),
    *(b"ST*210*0001~", b"B3**1*2*PP**20260301*100****A~", b"L1*1***100~", b"SE*3*0001~"),
    *(b"GE*1*7~", b"IEA*1*000000007~", b"UNA:+.? '", b"UNB+UNOC:3+A+B+260301:0930+7'"),
    *(b"UNH+1+IFTSTA:D:96A:UN'", b"BGM+77+1+9'", b"CNI+1+S'", b"STS+1+21'", b"UNT+3+1'"),
    *(
        b"UNZ+1+7'",
        b"UNG+",
        b"UNE+1+7'",
        b"?",
        b"'",
        b"~",
        b"*",
        b"+",
        b"\n",
        b"\xff",
        b"ISA",
        b"UNB",
    ),
)
SHAPES: dict[str, Callable[[int], bytes]] = {
    # what grows: (size in units) -> bytes
    "sets of one X12 interchange": lambda n: x12(1, n),
    "messages of one EDIFACT interchange": lambda n: edifact(1, n * 4),
    "interchanges of X12": lambda n: x12(1, 1) * n,
    "interchanges of EDIFACT": lambda n: edifact(1, 1) * n * 3,
    "ISA headers alone": lambda n: x12(1, 1)[:106] * (n * 10),
    "ISA tags alone": lambda n: b"ISA*" * (n * 300),
    "UNB tags alone": lambda n: b"UNB+" * (n * 300),
    "UNA and nothing else": lambda n: b"UNA:+.? '" * (n * 100),
    "release characters": lambda n: edifact(1, 1)[:60] + b"?" * (n * 1_000),
    "one element without end": lambda n: x12(1, 1)[:160] + b"X" * (n * 1_000),
    "one segment of elements": lambda n: x12(1, 1)[:160] + b"*" * (n * 1_000),
    "segments without a set": lambda n: x12(1, 1)[:107] + b"N1*BT~" * (n * 150),
    "empty segments": lambda n: x12(1, 1)[:107] + b"~" * (n * 1_000),
    "sets without an end": lambda n: x12(1, 1)[:107] + b"ST*210*1~" * (n * 100),
}


def main() -> int:
    wish = _wish()
    files = corpus()
    if wish.only is not None:
        data = spoiled(wish.seed, wish.only, files)
        print(repr(data))
        print(tried(data).broken or "nothing broke")
        return 0
    print(f"{len(files)} files to spoil, seed {wish.seed}")
    broken = by_mutation(wish.inputs, wish.seed, files)
    broken += by_hypothesis(wish.inputs // FROM_HYPOTHESIS, wish.seed)
    steep = slopes(wish.units)
    return 1 if broken or steep else 0


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="try the input of this number alone")
    parser.add_argument("--units", type=int, default=64, help="size of the smallest file for time")
    return parser.parse_args()


def by_mutation(inputs: int, seed: int, files: list[bytes]) -> int:
    """Try so many spoiled files; say what broke, each kind once, and return how many did."""
    begun = process_time()
    kinds: dict[str, list[int]] = {}
    size = sets = exact = 0
    for number in range(inputs):
        trial = tried(spoiled(seed, number, files))
        size, sets, exact = size + trial.size, sets + trial.sets, exact + trial.is_exact
        if trial.broken:
            kinds.setdefault(trial.broken.partition(": ")[0], []).append(number)
    seconds = process_time() - begun
    print(f"{inputs:,} spoiled files, {size / 1e6:,.1f} MB with {sets:,} sets in {seconds:,.0f} s:")
    print(f"  {inputs / seconds:,.0f} inputs/s; {exact / max(inputs, 1):.1%} written as they were")
    count = sum(map(len, kinds.values()))
    print(f"  {count:,} broke" + (":" if count else ""))
    for kind, numbers in list(kinds.items())[:SHOWN_MAX]:
        print(f"    {kind}: {len(numbers):,} times, the first is --only {numbers[0]}")
    return count


def by_hypothesis(inputs: int, seed: int) -> int:
    """Try so many inputs that Hypothesis makes of pieces of messages; return how many broke."""
    begun = process_time()
    broken: list[str] = []
    pieces = st.one_of(st.sampled_from(_PIECES), st.binary(max_size=12))

    @with_seed(seed)
    @settings(
        max_examples=max(inputs, 1),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(pieces, max_size=40))
    def trial(parts: list[bytes]) -> None:
        found = tried(b"".join(parts)).broken
        if found:
            broken.append(f"{found}\n      {b''.join(parts)!r}")

    trial()
    seconds = process_time() - begun
    print(f"{inputs:,} made by Hypothesis: {inputs / seconds:,.0f} inputs/s, {len(broken):,} broke")
    for each in broken[:SHOWN_MAX]:
        print(f"    {each}")
    return len(broken)


def slopes(units: int) -> int:
    """Say how time grows with size, on sizes that double; return how many shapes are too steep."""
    print(f"{'time against size, doubling three times':44}{'bytes':>12}{'seconds':>10}{'slope':>8}")
    steep = 0
    for words, shape in SHAPES.items():
        small, large = shape(units), shape(units * 8)
        first, last = _seconds(small), _seconds(large)
        slope = log2(last / first) / log2(len(large) / len(small))
        steep += slope > SLOPE_MAX
        mark = "  too steep" if slope > SLOPE_MAX else ""
        print(f"{words:44}{len(large):12,}{last:10.3f}{slope:8.2f}{mark}")
    return steep


def _seconds(data: bytes) -> float:
    return max(min(_once(data) for _ in range(3)), 1e-4)


def _once(data: bytes) -> float:
    begun = process_time()
    for interchange in read(data).interchanges:
        for item in interchange.sets:
            parse(item)
    return process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
