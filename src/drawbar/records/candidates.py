"""Claim candidates on file: what corrected terms would change of money that is settled."""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.freight.contract import Side
from drawbar.freight.money import Money
from drawbar.freight.terms import CandidateKind, ClaimCandidate
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, Sheet

_SQL = statements("company")
_CANDIDATES = Sheet(
    "claim_candidates",
    {
        "candidate_ref": "text",
        "kind": "text",
        "side": "text",
        "shipment_ref": "text",
        "party_ref": "text",
        "company_version": "int4",
        "contract_ref": "text",
        "contract_version": "int4",
        "settled": "numeric",
        "corrected": "numeric",
        "difference": "numeric",
        "currency": "text",
        "documents": "text[]",
        "text": "text",
        "found_at": "timestamptz",
        "fact_id": "int8",
    },
)


class Found(Struct, frozen=True):
    """A candidate and the number of the fact that led to it."""

    candidate: ClaimCandidate
    fact_id: int


class Wanted(Struct, frozen=True, kw_only=True):
    """Which candidates are asked for; what is empty or 0 asks for all."""

    version: int = 0
    shipment_ref: str = ""
    party_ref: str = ""
    ref: str = ""


def append_candidates(cursor: Rows, found: Sequence[Found]) -> None:
    """Append candidates; each is found once."""
    _CANDIDATES.append(cursor, [_row(one) for one in found])


def candidates(cursor: Rows, wanted: Wanted) -> list[ClaimCandidate]:
    """Return candidates, the newest first."""
    asked = {name: getattr(wanted, name) for name in Wanted.__struct_fields__}
    return [_candidate(row) for row in cursor.execute(_SQL["candidates"], asked)]


def _row(found: Found) -> tuple[object, ...]:
    one = found.candidate
    return (
        one.candidate_ref,
        one.kind.value,
        one.side.value,
        one.shipment_ref,
        one.party_ref,
        one.company_version,
        one.contract_ref,
        one.contract_version,
        one.settled.amount,
        one.corrected.amount,
        one.difference.amount,
        one.difference.currency,
        list(one.documents),
        one.text,
        one.found_at,
        found.fact_id,
    )


def _candidate(row: Sequence[object]) -> ClaimCandidate:
    told = dict(zip((*_CANDIDATES.columns,), row, strict=False))
    currency = told.pop("currency")
    money = {name: Money(told.pop(name), currency) for name in _AMOUNTS}  # type: ignore[arg-type]
    more = {
        "kind": CandidateKind(str(told["kind"])),
        "side": Side(str(told["side"])),
        "documents": tuple(told["documents"]),  # type: ignore[arg-type]
    }
    return ClaimCandidate(**(told | money | more))  # type: ignore[arg-type]


_AMOUNTS = ("settled", "corrected", "difference")
