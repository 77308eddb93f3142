"""The firm behind a folder: contracts, partners and policies, as much of them as there is."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct, structs

from drawbar.cli.audit.setting import Columns, converted, parsed_yaml
from drawbar.cli.audit.unread import Refused, UnreadList
from drawbar.cli.company.draft import Draft
from drawbar.cli.company.files import HEAD, files_of
from drawbar.cli.company.folder import company_of, look_over
from drawbar.cli.company.mistake import Mistake, Weight
from drawbar.flow.company import Company
from drawbar.freight.contract import Contract, Side
from drawbar.freight.party import Carrier, Tolerance

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_USUAL = {
    "side": "side: buy",
    "version": "version: 1",
    "known_at": "known_at: 1970-01-01T00:00:00Z",
}
"""What a contract on its own need not say; a company folder's says it."""

_NOT_ASKED = ("systems/", "catalog/", "customers/")
_POLICY_WORDS = re.compile(r"^(tolerance|tolerance_by_\w+)\s*:", re.MULTILINE)


class Firm(Struct, frozen=True, kw_only=True):
    """Under whose contracts and tolerance bills are judged; ``taken`` is what was supposed.

    ``currency_taken`` is what was supposed of bills that name no currency, empty for nothing.
    """

    company: Company
    taken: tuple[str, ...] = ()
    currency_taken: str = ""


def firm_of(folder: Path, columns: Columns, unread: UnreadList) -> Firm:
    """Return the firm; a contract that cannot be read is noted, and the others are used."""
    files = dict(files_of(folder))
    if "tolerance.yaml" in files or (folder / "tolerance.yaml").is_file():
        files |= _tolerance(folder)
    files |= {name: _completed(body) for name, body in files.items() if _is_contract(name)}
    if HEAD not in files:
        files[HEAD] = _head(folder, columns)
    draft, mistakes = look_over(files)
    _note(mistakes, unread)
    currency, taken = _currency(draft, columns, is_told=(folder / HEAD).is_file())
    usable = structs.replace(draft, mistakes=[])
    company = company_of(usable)
    known = _as_known(company.contracts)
    carriers = dict(company.carriers) | {
        one.party_ref: Carrier(carrier_ref=one.party_ref, name=one.party_ref, system="")
        for one in known
        if one.side is Side.BUY and one.party_ref not in company.carriers
    }
    found = structs.replace(company, currency=currency, contracts=known, carriers=carriers)
    policy = structs.replace(found.policy, erp="", wms="", bank="", approval_limits={})
    return Firm(company=structs.replace(found, policy=policy), currency_taken=taken)


def _is_contract(name: str) -> bool:
    return name.startswith("contracts/") and name.endswith(".yaml")


def _completed(body: bytes) -> bytes:
    """Return a contract with what it need not say, put after its end so that lines stay."""
    lacking = [
        text
        for field, text in _USUAL.items()
        if not re.search(rb"^" + field.encode() + rb"\s*:", body, re.MULTILINE)
    ]
    return b"\n".join((body, *(text.encode() for text in lacking), b"")) if lacking else body


def _head(folder: Path, columns: Columns) -> bytes:
    name = folder.resolve().name.replace('"', "").replace("\\", "") or "folder"
    return (
        f'name = "{name}"\nzone = "{columns.zone or "UTC"}"\n'
        f'currency = "{columns.currency or "USD"}"\n'
    ).encode()


def _tolerance(folder: Path) -> dict[str, bytes]:
    """Return ``tolerance.yaml`` as a file of policies. Raise ``UnreadableSetting``."""
    path = folder / "tolerance.yaml"
    body = path.read_bytes()
    if _POLICY_WORDS.search(body.decode("utf-8", "replace")):
        return {"policies/tolerance.yaml": body}
    converted(parsed_yaml(path) or {}, Tolerance, path.name)
    lines = (b"  " + line for line in body.removeprefix(b"\xef\xbb\xbf").splitlines())
    return {"policies/tolerance.yaml": b"\n".join((b"tolerance:", *lines, b""))}


def _note(mistakes: Iterable[Mistake], unread: UnreadList) -> None:
    for one in mistakes:
        if one.spot.file.startswith(_NOT_ASKED) or one.field == "party_ref":
            continue  # an audit needs neither systems nor a file for each partner
        error = Refused(one.what, field=one.field, remedy=one.remedy)
        place = f"line {one.spot.line}" if one.spot.line else ""
        if one.weight is Weight.ERROR:
            unread.add(one.spot.file, place, error)
        else:
            unread.note(one.spot.file, place, error)


def _currency(draft: Draft, columns: Columns, *, is_told: bool) -> tuple[str, str]:
    """Return the currency of the books: said, or the only one of the contracts, told in words."""
    if draft.head is not None and is_told:
        return draft.head.value.currency, ""
    if columns.currency:
        return columns.currency, ""
    named = {one.value.currency for one in draft.contracts}
    found = min(named) if len(named) == 1 else ""
    said = f"Where a bill names no currency it is taken as {found}, that of the contracts."
    return found, said if found else ""


def _as_known(contracts: Iterable[Contract]) -> tuple[Contract, ...]:
    """Return the contracts as if all had been known always, what came later still the later."""
    instants = sorted({one.known_at for one in contracts})
    rank = {at: _ALWAYS + timedelta(seconds=number) for number, at in enumerate(instants)}
    return tuple(structs.replace(one, known_at=rank[one.known_at]) for one in contracts)
