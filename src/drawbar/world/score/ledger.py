"""Whether the ERP's books balance, and whether they equal the firm's own ledger line by line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.ledger import Account
from drawbar.world.score.evidence import Booked, LedgerLine
from drawbar.world.score.share import total

NOTHING = Decimal(0)
Line = tuple[str, str, str, Decimal, Decimal]
"""A line as both sides know it: key, account, currency, debit, credit."""

CODES = {
    Account.BANK_CLEARING.value: "1090",
    Account.ACCOUNTS_RECEIVABLE.value: "1200",
    Account.UNBILLED_RECEIVABLE.value: "1250",
    Account.ACCOUNTS_PAYABLE.value: "2000",
    Account.FREIGHT_ACCRUED.value: "2150",
    Account.FREIGHT_REVENUE.value: "4000",
    Account.FREIGHT_COST.value: "5100",
    Account.FREIGHT_VARIANCE.value: "5190",
    Account.EXCHANGE_VARIANCE.value: "5195",
    Account.QUICK_PAY_DISCOUNT.value: "4900",
    Account.CLAIMS_RECEIVABLE.value: "1280",
    Account.CLAIMS_RECOVERED.value: "4950",
    Account.WRITTEN_OFF.value: "5900",
    Account.CREDITS_NETTED.value: "2050",
    Account.TAX_RECOVERABLE.value: "1400",
    Account.TAX_PAYABLE.value: "2300",
}
"""The firm's names of accounts in the chart of the small ERP; a code stands for itself."""


class Unbalanced(Struct, frozen=True, kw_only=True):
    """A posted document whose debits and credits differ. ``balance`` is debits minus credits."""

    number: str
    currency: str
    balance: Decimal


class Differing(Struct, frozen=True, kw_only=True, order=True):
    """A line that only one side has. ``side`` is "ledger" or "erp"."""

    document_key: str
    account: str
    currency: str
    side: str
    debit: Decimal
    credit: Decimal


def unbalanced(documents: Iterable[Booked]) -> tuple[Unbalanced, ...]:
    """Return the posted documents that are not balanced by themselves."""
    posted = (one for one in documents if one.state == "posted")
    return tuple(
        Unbalanced(number=one.number, currency=one.currency, balance=balance)
        for one in posted
        if (balance := sum((line.debit - line.credit for line in one.lines), start=NOTHING))
    )


def balances(documents: Iterable[Booked]) -> dict[str, Decimal]:
    """Return debits minus credits of all posted documents, by currency."""
    found: dict[str, Decimal] = {}
    for one in documents:
        if one.state == "posted":
            balance = sum((line.debit - line.credit for line in one.lines), start=NOTHING)
            found[one.currency] = found.get(one.currency, NOTHING) + balance
    return found


def differences(documents: Iterable[Booked], ledger: Iterable[LedgerLine]) -> tuple[Differing, ...]:
    """Return the lines that either side has and the other has not, in order."""
    theirs = Counter(
        (one.origin, line.account, one.currency, line.debit, line.credit)
        for one in documents
        if one.state == "posted" and one.origin
        for line in one.lines
    )
    ours = Counter(
        (one.document_key, CODES.get(one.account, one.account), one.currency, one.debit, one.credit)
        for one in ledger
        if one.document_key
    )
    found = [*_only("ledger", ours - theirs), *_only("erp", theirs - ours)]
    return tuple(sorted(found))


def _only(side: str, lines: Counter[Line]) -> Iterable[Differing]:
    for key, account, currency, debit, credit in lines.elements():
        yield Differing(
            document_key=key,
            account=account,
            currency=currency,
            side=side,
            debit=debit,
            credit=credit,
        )


class BookScore(Struct, frozen=True, kw_only=True):
    """How the books stand. ``erp_difference`` is None where nobody gave a ledger.

    ``ledger_balance`` is the sum of what documents are out of balance by, whatever their sign and
    currency: nothing but zero is right. ``balances`` are debits minus credits by currency.
    """

    ledger_balance: Decimal
    erp_difference: Decimal | None
    posted: int
    drafts: int
    balances: dict[str, Decimal]
    unbalanced: tuple[Unbalanced, ...]
    differences: tuple[Differing, ...]


def book_score(documents: Sequence[Booked], ledger: Iterable[LedgerLine] | None) -> BookScore:
    """Return whether the books balance, and whether they equal ``ledger``."""
    off = unbalanced(documents)
    apart = differences(documents, ledger or ())
    return BookScore(
        ledger_balance=total(abs(one.balance) for one in off),
        erp_difference=None if ledger is None else total(one.debit + one.credit for one in apart),
        posted=sum(one.state == "posted" for one in documents),
        drafts=sum(one.state == "draft" for one in documents),
        balances=balances(documents),
        unbalanced=off,
        differences=() if ledger is None else apart,
    )
