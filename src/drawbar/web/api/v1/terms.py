"""The firm's terms over HTTP: versions of its folder and contracts, what they would have changed.

And any decision again, as it was known at an instant.
"""

from datetime import UTC, date, datetime
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.flow.comparison import BillThen, Compared, LoadThen
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.instant import utc
from drawbar.freight.stream import StreamKind
from drawbar.freight.terms import ClaimCandidate
from drawbar.records.as_known import as_known
from drawbar.records.candidates import Wanted, candidates
from drawbar.records.company import CompanyVersion, ContractVersion, contract_versions, versions
from drawbar.records.desk.search import find, streams_found
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.paging import Filter
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown

REPLAYED = (StreamKind.FREIGHT_BILL, StreamKind.SHIPMENT)
KnownOn = Annotated[datetime | None, QueryParameter()]
_reading = policy(Scope.MONEY_READ, writes=False)


class ContractVersionV1(Struct, frozen=True, kw_only=True):
    """One version of a rate contract, and who applied it when and why."""

    contract_ref: str
    version: int
    side: str
    party_ref: str
    valid_from: date
    valid_to: date | None
    known_at: datetime
    company_version: int
    applied_at: datetime
    applied_by: str
    because: str


class ContractsV1(Struct, frozen=True, kw_only=True):
    """Every version of every contract that was ever applied."""

    items: tuple[ContractVersionV1, ...]


class CompanyVersionV1(Struct, frozen=True, kw_only=True):
    """One version of the company folder: when it was applied, by whom, why, and what was new."""

    version: int
    applied_at: datetime
    applied_by: str
    because: str
    changes: tuple[str, ...]
    files: int


class CompanyVersionsV1(Struct, frozen=True, kw_only=True):
    """Every version of the company folder, the newest first."""

    items: tuple[CompanyVersionV1, ...]


class ClaimCandidateV1(Struct, frozen=True, kw_only=True):
    """What corrected terms would change of settled money; nothing of it moves by itself."""

    candidate_ref: str
    kind: str
    side: str
    shipment_ref: str
    party_ref: str
    company_version: int
    contract_ref: str
    contract_version: int
    settled: AmountV1
    corrected: AmountV1
    difference: AmountV1
    documents: tuple[str, ...]
    text: str
    found_at: datetime


class ClaimCandidatesV1(Struct, frozen=True, kw_only=True):
    """Claim candidates, the newest first."""

    items: tuple[ClaimCandidateV1, ...]


class ChargeThenV1(Struct, frozen=True, kw_only=True):
    """A charge as it was known, with the contract that it stood on and how it was made."""

    kind: str
    stop: int
    amount: AmountV1
    contract_ref: str
    contract_version: int
    clause: str
    steps: tuple[str, ...]


class LoadThenV1(Struct, frozen=True, kw_only=True):
    """A shipment as it was known."""

    shipment_ref: str
    status: str
    carrier_ref: str
    cost: tuple[ChargeThenV1, ...]
    price: tuple[ChargeThenV1, ...]


class LineThenV1(Struct, frozen=True, kw_only=True):
    """A line of a bill as it was judged."""

    line: int
    kind: str
    billed: AmountV1
    payable: AmountV1
    judgement: str
    reason: str
    text: str


class BillThenV1(Struct, frozen=True, kw_only=True):
    """A bill as it was known."""

    bill_ref: str
    status: str
    payable: AmountV1
    disputed: AmountV1
    lines: tuple[LineThenV1, ...]


class AsKnownV1(Struct, frozen=True, kw_only=True):
    """A story as it was known; ``differences`` to what stands now, and what came ``since``."""

    known_on: datetime
    company_version: int
    facts: int
    is_identical: bool
    loads: tuple[LoadThenV1, ...]
    bills: tuple[BillThenV1, ...]
    differences: tuple[str, ...]
    since: tuple[str, ...]


@get("/v1/contracts", **_reading)
def list_contracts(reads: GivenReads) -> ContractsV1:
    """List every version of every contract that was applied."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return ContractsV1(items=tuple(map(contract_version_v1, contract_versions(cursor))))


@get("/v1/company-versions", **_reading)
def list_company_versions(reads: GivenReads) -> CompanyVersionsV1:
    """List the versions of the company folder, with what was new in each."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return CompanyVersionsV1(items=tuple(map(company_version_v1, versions(cursor))))


@get("/v1/claim-candidates", **_reading)
def list_claim_candidates(
    reads: GivenReads, shipment: Filter = "", party: Filter = ""
) -> ClaimCandidatesV1:
    """List what corrected terms would change of money that is settled."""
    wanted = Wanted(shipment_ref=shipment, party_ref=party)
    with reads.connection() as connection, connection.cursor() as cursor:
        return ClaimCandidatesV1(items=tuple(map(candidate_v1, candidates(cursor, wanted))))


@get("/v1/as-known/{reference:str}", **_reading)
def read_as_known(
    reference: NamePath, reads: GivenReads, settings: GivenSettings, on: KnownOn = None
) -> AsKnownV1:
    """Decide again about a shipment or a bill by what was known at an instant, else now.

    A time without an offset is in UTC.
    """
    moment = settings.clock.now() if on is None else _instant(on)
    with reads.connection() as connection, connection.cursor() as cursor:
        return as_known_v1(replayed_story(cursor, reference, settings.company, moment))


def replayed_story(cursor: Rows, reference: str, company: Company, at: datetime) -> Compared:
    """Return a story as it was known. Raise ``Refusal`` (404) where nothing is called so."""
    keys = streams_found(find(cursor, reference, company))
    wanted = [key for key in keys if key.kind in REPLAYED]
    if not wanted:
        raise unknown("shipment or bill")
    return as_known(cursor, wanted[0], company, known_on=at)


def contract_version_v1(one: ContractVersion) -> ContractVersionV1:
    """Return a contract's version as version 1 says it."""
    names = ContractVersionV1.__struct_fields__
    return ContractVersionV1(**{name: getattr(one, name) for name in names})


def company_version_v1(one: CompanyVersion) -> CompanyVersionV1:
    """Return a folder's version as version 1 says it."""
    names = CompanyVersionV1.__struct_fields__
    return CompanyVersionV1(**{name: getattr(one, name) for name in names})


def candidate_v1(one: ClaimCandidate) -> ClaimCandidateV1:
    """Return a candidate as version 1 says it."""
    return ClaimCandidateV1(
        candidate_ref=one.candidate_ref,
        kind=one.kind.value,
        side=one.side.value,
        shipment_ref=one.shipment_ref,
        party_ref=one.party_ref,
        company_version=one.company_version,
        contract_ref=one.contract_ref,
        contract_version=one.contract_version,
        settled=amount_v1(one.settled),
        corrected=amount_v1(one.corrected),
        difference=amount_v1(one.difference),
        documents=one.documents,
        text=one.text,
        found_at=one.found_at,
    )


def as_known_v1(found: Compared) -> AsKnownV1:
    """Return a replay as version 1 says it."""
    return AsKnownV1(
        known_on=found.known_on,
        company_version=found.company_version,
        facts=found.facts,
        is_identical=found.is_identical,
        loads=tuple(map(_load, found.loads)),
        bills=tuple(map(_bill, found.bills)),
        differences=found.differences,
        since=found.since,
    )


def _load(one: LoadThen) -> LoadThenV1:
    return LoadThenV1(
        shipment_ref=one.shipment_ref,
        status=one.status,
        carrier_ref=one.carrier_ref,
        cost=tuple(map(_charge, one.cost)),
        price=tuple(map(_charge, one.price)),
    )


def _charge(one: AgreedCharge) -> ChargeThenV1:
    return ChargeThenV1(
        kind=one.charge.kind.value,
        stop=one.charge.stop,
        amount=amount_v1(one.charge.money),
        contract_ref=one.why.contract_ref,
        contract_version=one.why.contract_version,
        clause=one.why.clause,
        steps=tuple(step.text for step in one.why.steps),
    )


def _bill(one: BillThen) -> BillThenV1:
    lines = (
        LineThenV1(
            line=line.line.number,
            kind=line.line.kind.value,
            billed=amount_v1(line.line.money),
            payable=amount_v1(line.payable),
            judgement=line.judgement.value,
            reason=line.reason.value if line.reason else "",
            text=line.text,
        )
        for line in one.lines
    )
    return BillThenV1(
        bill_ref=one.bill_ref,
        status=one.status,
        payable=amount_v1(one.payable),
        disputed=amount_v1(one.disputed),
        lines=tuple(lines),
    )


def _instant(told: datetime) -> datetime:
    return utc(told if told.tzinfo else told.replace(tzinfo=UTC))
