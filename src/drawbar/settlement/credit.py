"""A carrier's credit that is carried over, and what later payables take of it."""

from msgspec import Struct

from drawbar.freight.money import Money, zero


class Netted(Struct, frozen=True, kw_only=True):
    """``pay`` is what is left to pay, ``taken`` what the credit covers, ``carried`` its rest."""

    pay: Money
    taken: Money
    carried: Money


def net(payable: Money, *, credit: Money) -> Netted:
    """Take ``credit`` off ``payable``, both zero or more. Raise ``MixedCurrencies``."""
    left = payable - credit
    taken = min(payable, credit)
    nothing = zero(payable.currency)
    return Netted(pay=max(left, nothing), taken=taken, carried=max(-left, nothing))
