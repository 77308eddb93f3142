"""What a file is that was given for EDI and is none, and which command takes it."""

import re
from collections.abc import Callable

Looks = Callable[[bytes], bool]
_BARE_X12 = re.compile(rb"\s*(?:GS|ST)[^A-Za-z0-9\s]")
_JSON = re.compile(
    rb"(?:\xef\xbb\xbf)?[ \t\r\n]*+(?:\{[ \t\r\n]*+[\"}]|\[[ \t\r\n]*+[\"{\[\]0-9-])"
)
_MOST = 4_096


def said_of(source: str, beginning: bytes) -> str:
    """Return, in a sentence or two, what a file without an interchange seems to be."""
    name = "Standard input" if source == "-" else source
    if not beginning.strip(b"\0 \t\r\n\x1a"):
        return f"{name} is empty." if not beginning else f"{name} holds nothing but blanks."
    for looks, said in _KINDS:
        if looks(beginning):
            return f"{name} is {said}"
    return (
        f"{name} holds no EDI: no ISA (X12) and no UNB (EDIFACT) was found in it. "
        "It begins with " + repr(beginning[:40].decode("latin-1")) + "."
    )


def is_json(data: bytes) -> bool:
    """Say whether ``data`` begins as JSON does."""
    return _JSON.match(data) is not None


def _is_converted(data: bytes) -> bool:
    return is_json(data) and b'"interchanges"' in data[:_MOST] and b'"envelope"' in data


def _is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and (b"xl/" in data or b"[Content_Types].xml" in data)


def _is_ebcdic(data: bytes) -> bool:
    text = data[:_MOST]
    return text.startswith((b"\xc9\xe2\xc1", b"\xe4\xd5\xc1", b"\xe4\xd5\xc2"))


def _is_wide(data: bytes) -> bool:
    plain = data[:_MOST].replace(b"\0", b"")
    return len(plain) < len(data[:_MOST]) * 3 // 4 and re.search(rb"ISA|UN[AB]", plain) is not None


def _is_csv(data: bytes) -> bool:
    lines = [line for line in data[:_MOST].splitlines()[:6] if line.strip()]
    if data[_MOST:]:
        lines = lines[:-1] or lines
    for mark in (b",", b";", b"\t", b"|"):
        counts = [line.count(mark) for line in lines]
        if counts and 0 < min(counts) >= max(counts) - 1:
            return True
    return False


def _is_markup(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _is_tradacoms(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"STX=")


def _begins(*openings: bytes) -> Looks:
    return lambda data: data.startswith(openings)


_KINDS: tuple[tuple[Looks, str], ...] = (
    (
        _begins(b"%PDF"),
        "a PDF: a picture of a document, for people. No command reads it; ask your partner for "
        "the EDI file.",
    ),
    (
        _is_workbook,
        "an Excel workbook. Carriers' bills in one: `drawbar audit FOLDER`. Orders: save the "
        "sheet as CSV, then `drawbar import`.",
    ),
    (_begins(b"PK\x03\x04"), "a ZIP archive. Unpack it first; what is in it may be EDI."),
    (
        _begins(b"\x1f\x8b"),
        "compressed with gzip. Unpack it first: `gunzip -c FILE | drawbar edi inspect -`.",
    ),
    (
        _is_markup,
        "XML or HTML. No command reads it; ask your partner for X12 or EDIFACT, or send JSON to "
        "the API (docs/openapi.json).",
    ),
    (
        _is_converted,
        "JSON as `drawbar edi convert` writes it. `drawbar edi convert --to edi` makes EDI of it.",
    ),
    (
        is_json,
        "JSON. Bills and shipments in it: `drawbar audit FOLDER`; single documents: the API "
        "(docs/openapi.json).",
    ),
    (
        _is_ebcdic,
        "EDI in EBCDIC, as mainframes write it. Turn it into ASCII first: "
        "`iconv -f CP037 -t LATIN1`.",
    ),
    (_is_wide, "EDI in UTF-16. Turn it into plain text first: `iconv -f UTF-16 -t UTF-8`."),
    (
        _is_tradacoms,
        "TRADACOMS, an older British standard that we do not read. Ask your partner for EDIFACT.",
    ),
    (
        lambda data: _BARE_X12.match(data) is not None,
        "X12 without its ISA envelope: it begins with a group or set. Ask your partner for the "
        "whole interchange, from ISA to IEA.",
    ),
    (
        _is_csv,
        "a table (CSV). Orders and past deliveries: `drawbar import FILE --mapping YAML`; "
        "carriers' bills: `drawbar audit FOLDER`.",
    ),
)
"""How each kind is recognised, and what is said of it; the first that fits is told."""
