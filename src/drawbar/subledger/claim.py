"""Claims in the books: nothing when one is filed, money owed to us once the carrier accepts it.

A claim that nobody accepted is a gain that may never come, so it stands on its page only (FASB ASC
450-30-25-1). What is accepted is a receivable until it comes back or is written off, and the loss
that it makes good gets smaller: what was paid beyond the agreed stands in freight variance, a tax
that was paid beyond it among what we get back.
"""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.freight.claim import ClaimKind
from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money, total, zero
from drawbar.subledger.booking import Booking, entry

MADE_GOOD: Mapping[ClaimKind, Account] = {
    ClaimKind.OVERCHARGE: Account.FREIGHT_VARIANCE,
    ClaimKind.CARGO: Account.CLAIMS_RECOVERED,
}
"""Where the loss stands that a claim makes good, but for a tax that is no loss yet."""


def loss_in(kind: ClaimKind, *, of_tax: bool) -> Account:
    """Return where the loss stands; ``of_tax`` says that a tax which we get back was overpaid."""
    return Account.TAX_RECOVERABLE if of_tax else MADE_GOOD[kind]


class Turn(Struct, frozen=True, kw_only=True):
    """What one step means in money: ``owed`` by the carrier's word before and after it.

    ``came`` is what came back, by the account that shows it; below zero it is taken back there.
    ``lost`` is what of the owed money we let go of, zero or more; ``of_tax`` as in ``loss_in``.
    """

    before: Money
    after: Money
    came: Mapping[Account, Money] = {}
    lost: Money | None = None
    of_tax: bool = False


def book_claim(booking: Booking, kind: ClaimKind, turn: Turn) -> tuple[Entry, ...]:
    """Return the entry of one step of a claim; none where no money is owed, came or is lost.

    What came or is lost beyond what was owed is recognised with it. Raise ``MixedCurrencies``.
    """
    currency = turn.before.currency
    change, lost = turn.after - turn.before, turn.lost or zero(currency)
    made_good = loss_in(kind, of_tax=turn.of_tax)
    recognised = total((change, lost, *turn.came.values()), currency=currency)
    amounts = {Account.CLAIMS_RECEIVABLE: change, Account.WRITTEN_OFF: lost} | dict(turn.came)
    amounts[made_good] = amounts.get(made_good, zero(currency)) - recognised
    return entry(booking, _purpose(turn, lost), amounts)


def _purpose(turn: Turn, lost: Money) -> Purpose:
    if lost.amount:
        return Purpose.CLAIM_WRITTEN_OFF
    return Purpose.CLAIM_COLLECTED if turn.came else Purpose.CLAIM_ACCEPTED
