"""One spoiled file by its number: the same number of the same seed is the same bytes, always."""

from collections.abc import Callable, Sequence
from random import Random

LARGEST = 30_000
_WORDS = (
    *(b"ISA*", b"IEA*", b"GS*", b"GE*", b"ST*", b"SE*", b"ISA", b"UNA", b"UNB+", b"UNH+", b"UNT+"),
    *(b"UNZ+", b"UNG+", b"UNE+", b"UNA:+.? '", b"UNB+UNOC:3+", b"TA1*", b"BIN*99999999*", b"ISE*"),
    *(b"~", b"*", b":", b"^", b"'", b"+", b"?", b"??", b"\n", b"\r\n", b"\r", b" ", b"\0", b"\x1a"),
    *(b"\xff", b"\xef\xbb\xbf", b"\xc3\xa9", b"\xd9\xa3", b"\x1c", b"\x1d", b"\x1f", b"|", b"\\"),
    *(
        b"9" * 40,
        b"-",
        b".",
        b"-.",
        b"1e9",
        b"00000000",
        b"99999999",
        b"2460",
        b",",
        b"\xb2",
        b"+-",
    ),
)
Change = Callable[[Random, bytes, Sequence[bytes]], bytes]


def spoiled(seed: int, number: int, corpus: Sequence[bytes]) -> bytes:
    """Return a file of the corpus after a few changes, at most ``LARGEST`` bytes."""
    rng = Random(f"{seed}:{number}")
    data = rng.choice(corpus)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5, 8))):
        data = rng.choice(CHANGES)(rng, data, corpus)[:LARGEST]
    return data


def _span(rng: Random, data: bytes, most: int = 200) -> tuple[int, int]:
    begin = rng.randrange(len(data) + 1)
    return begin, min(len(data), begin + rng.randrange(most))


def _replace_bytes(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 10)) if data else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut_off(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    return data[: rng.randrange(len(data) + 1)]


def _leave_out(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    begin, end = _span(rng, data)
    return data[:begin] + data[end:]


def _say_again(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    begin, end = _span(rng, data)
    return data[:end] + data[begin:end] * rng.choice((1, 2, 50)) + data[end:]


def _put_in(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_WORDS) * rng.choice((1, 1, 1, 2, 300)) + data[at:]


def _join(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    other = rng.choice(corpus)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _swap_segments(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    mark = rng.choice((b"~", b"'", b"\n"))
    parts = data.split(mark)
    one, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return mark.join(parts)


def _spoil_element(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    mark = rng.choice((b"*", b"+", b":"))
    parts = data.split(mark)
    parts[rng.randrange(len(parts))] = rng.choice(_WORDS)
    return mark.join(parts)


def _other_mark(rng: Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    del corpus
    old = rng.choice((b"*", b"~", b":", b"+", b"'", b"?", b"\n"))
    return data.replace(old, bytes([rng.randrange(256)]))


CHANGES: tuple[Change, ...] = (
    *(_replace_bytes, _cut_off, _leave_out, _say_again, _put_in, _put_in),
    *(_join, _swap_segments, _spoil_element, _spoil_element, _other_mark),
)
