"""What to say when nobody is called so: what it may be instead, and where it may be stuck."""

import re
from collections.abc import Iterator

from drawbar.cli.tracing import Trace
from drawbar.flow.company import Company
from drawbar.records.desk.listing import MESSAGES, leaf
from drawbar.records.desk.message import message
from drawbar.records.desk.search import find
from drawbar.records.sheet import Rows

_UNREAD_LOOKED_AT_MAX = 200
_HINTS_MAX = 5


def nearest(cursor: Rows, ref: str, found: Trace, company: Company) -> str:
    """Return what to tell somebody who asked for ``ref``, which leads to no story."""
    hints = [*_not_freight(found), *_alike(cursor, ref, company), *_unread(cursor, ref)]
    if not hints:
        hints = [
            "Try another of its numbers: order, PO, BOL, PRO, tender, invoice, ERP document, or "
            "ours (S-…, B-…, M-…).",
            "What came in and was not understood: drawbar message list --state dead",
        ]
    return "\n".join((f"Nothing on file is called {ref!r}.", *hints[:_HINTS_MAX]))


def _not_freight(found: Trace) -> Iterator[str]:
    for hit in found.found:
        yield f"{hit.ref} is a {hit.kind.replace('_', ' ')}; trace one of its orders or shipments."


def _alike(cursor: Rows, ref: str, company: Company) -> Iterator[str]:
    for guess in _guesses(ref):
        for hit in find(cursor, guess, company):
            kind = hit.kind.replace("_", " ")
            yield f"Did you mean {guess}? It is {kind} {hit.ref} ({hit.found_by})."
            break


def _guesses(ref: str) -> list[str]:
    """Return what is left of a name without the word before it, and with ours in its place."""
    words = ref.strip().split()
    bare = re.sub(r"^[A-Za-z]*[\s#:./-]*", "", ref.strip())
    digits = max(re.findall(r"\d+", ref), key=len, default="")
    tried = [words[-1] if len(words) > 1 else "", bare, digits, f"S-{ref.strip()}", f"S-{digits}"]
    return [one for one in dict.fromkeys(tried) if one and one != ref]


def _unread(cursor: Rows, ref: str) -> Iterator[str]:
    """Yield the messages that hold these very letters and were not applied."""
    wanted = ref.strip().encode()
    for outcome in ("dead", "conflicting"):
        listed = leaf(cursor, MESSAGES, wanted={"outcome": outcome}, limit=_UNREAD_LOOKED_AT_MAX)
        for row in listed.rows:
            kept = message(cursor, row["message_ref"])
            if wanted and kept is not None and wanted in kept.body:
                yield (
                    f"{kept.message_ref} of {kept.sender} contains it and was not applied "
                    f"({outcome}): drawbar message show {kept.message_ref}"
                )
