"""The audit as lines of JSON: each bill, then what is missing and unread, last the sums."""

import sys
from typing import IO

from msgspec import json

from drawbar.cli.audit.audited import Audited


def write_lines(found: Audited, out: IO[str] | None = None) -> None:
    """Write the objects, each on a line of its own; the summary is the last."""
    target = out or sys.stdout
    encode = json.Encoder().encode
    for bill in found.bills():
        target.write(encode(bill).decode() + "\n")
    for other in (*found.missing, *found.unread, found.summary):
        target.write(encode(other).decode() + "\n")
