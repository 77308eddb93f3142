"""Changed terms: a new version of the company folder, and what of settled money it would change.

What was paid or invoiced stays as it is; a difference is a candidate that a person may claim.
"""

from enum import StrEnum

from msgspec import Struct

from drawbar.freight.contract import Side
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money


class TermsChanged(Fact, frozen=True, kw_only=True):
    """A version of the company folder was applied that may price this shipment otherwise.

    ``changes`` names what of the shipment's partners is new, such as "ABCD-2026 version 2".
    """

    shipment_ref: str
    company_version: int
    changes: tuple[str, ...] = ()


class CandidateKind(StrEnum):
    """Who would owe the difference. Stored."""

    OVERCHARGE = "overcharge"  # we paid a carrier more than the corrected terms grant it
    UNDERCHARGE = "undercharge"  # we paid it less
    CREDIT = "credit"  # we invoiced a customer more
    UNBILLED = "unbilled"  # we invoiced it less


class ClaimCandidate(Struct, frozen=True, kw_only=True):
    """What corrected terms would change of money that is settled; nothing of it moves by itself.

    ``settled`` is what was approved or invoiced, ``corrected`` what the new terms say of the same
    charges, ``difference`` between them, above zero. ``documents`` are the bills or invoices.
    """

    candidate_ref: str
    kind: CandidateKind
    side: Side
    shipment_ref: str
    party_ref: str
    company_version: int
    contract_ref: str
    contract_version: int
    settled: Money
    corrected: Money
    difference: Money
    documents: tuple[str, ...]
    text: str
    found_at: Instant
