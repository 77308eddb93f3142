"""Whom we pay for a carrier's bill: the carrier, or the factor that its bills belong to.

The account is always the one on file. A bill that names anybody else is paid to nobody.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from unicodedata import normalize

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.freight.party import Carrier
from drawbar.freight.payee import Assignment, BankAccount, PayeeChange, PostalAddress

COOLING_DAYS = 7
_NOISE = re.compile(r"[\W_]+")
_LEGAL_FORM = re.compile(
    r"(?:\s+(?:inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|gmbh|ag|sa|bv))+$"
)


class Payee(Struct, frozen=True, kw_only=True, tag=True):
    """Who is paid, at which account."""

    payee_ref: str
    name: str
    account: BankAccount
    address: PostalAddress | None = None


class NoPayee(Struct, frozen=True, kw_only=True, tag=True):
    """Nobody can be paid for this carrier now; ``remedy`` says what would mend it."""

    text: str
    remedy: str


class Recognised(Struct, frozen=True, kw_only=True, tag=True):
    """The bill asks that its carrier be paid, or the factor that has the carrier's bills."""

    payee_ref: str
    name: str


class Unheard(Struct, frozen=True, kw_only=True, tag=True):
    """The bill asks that somebody else be paid. Pay nobody until the carrier confirms it."""

    text: str
    remedy: str


def recognise(
    remit_to: str,
    carrier: Carrier,
    *,
    on: date,
    changes: Iterable[PayeeChange] = (),
) -> Recognised | Unheard:
    """Return whom a bill's ``remit_to`` means on a day; nobody named means the carrier.

    ``changes`` are those in force by then. Case, punctuation and a legal form at the end of a name
    do not matter: the account is never taken from the bill.
    """
    said = _plain(remit_to)
    factor = factor_of(carrier, on=on, changes=changes)
    own = (carrier.carrier_ref, carrier.name, *carrier.remittance.names)
    if not said or said in map(_plain, own):
        return Recognised(payee_ref=carrier.carrier_ref, name=carrier.name)
    if factor and said in map(_plain, (factor.factor_ref, factor.name, *factor.names)):
        return Recognised(payee_ref=factor.factor_ref, name=factor.name)
    whose = f"; its bills belong to {factor.name}" if factor else ""
    return Unheard(
        text=f"The bill asks to pay {remit_to.strip()}, which is not {carrier.name}{whose}.",
        remedy=f"Ask {carrier.name}, at an address known before, whom to pay; enter a factor's"
        " notice of assignment, which a second person confirms.",
    )


def payee_of(carrier: Carrier, *, on: date, changes: Iterable[PayeeChange] = ()) -> Payee | NoPayee:
    """Return who is paid for a carrier's bills on a day; ``changes`` are those in force by then."""
    told = tuple(changes)
    factor = factor_of(carrier, on=on, changes=told)
    if factor:
        account, address = factor.account, factor.address
        ref, name = factor.factor_ref, factor.name
    else:
        accounts = [one.account for one in told if one.account]
        account = accounts[-1] if accounts else carrier.remittance.account
        ref, name, address = carrier.carrier_ref, carrier.name, carrier.remittance.address
    if account is None:
        return NoPayee(
            text=f"No bank account of {name} is known.",
            remedy=f"Ask {name} for it and enter it; a second person confirms it.",
        )
    return Payee(payee_ref=ref, name=name, account=account, address=address)


def factor_of(
    carrier: Carrier, *, on: date, changes: Iterable[PayeeChange] = ()
) -> Assignment | None:
    """Return the assignment in force on a day, the newest where several are."""
    notices = list(carrier.remittance.factors)
    for change in changes:
        if change.assignment:
            notices.append(change.assignment)
        if change.released:
            notices = [one for one in notices if one.factor_ref != change.released]
    in_force = (one for one in notices if _holds(one, on))
    return max(in_force, key=lambda one: one.from_on, default=None)


def in_force(
    changes: Iterable[PayeeChange], *, at: Instant, cooling_days: int = COOLING_DAYS
) -> tuple[PayeeChange, ...]:
    """Return the changes that count at an instant: confirmed by another person, and cooled down."""
    counted = [one for one in changes if _counts(one, at, cooling_days)]
    return tuple(sorted(counted, key=lambda one: (one.asked_at, one.change_ref)))


def counts_from(change: PayeeChange, *, cooling_days: int = COOLING_DAYS) -> Instant:
    """Return when a change has cooled down; confirmed later, it counts from then."""
    cooled = change.asked_at + timedelta(days=cooling_days)
    return max(cooled, change.confirmed_at or cooled)


def may_confirm(change: PayeeChange, person: str) -> str:
    """Return why ``person`` may not confirm a change, empty where they may."""
    if change.refused_by:
        return f"It was refused by {change.refused_by}."
    if change.confirmed_by:
        return f"It was confirmed by {change.confirmed_by} already."
    if _plain(person) == _plain(change.asked_by):
        return "Whoever enters a change does not confirm it: a second, other person does."
    return ""


def _counts(one: PayeeChange, at: Instant, cooling_days: int) -> bool:
    if not one.confirmed_by or one.refused_by or _is_one_word(one):
        return False
    return counts_from(one, cooling_days=cooling_days) <= at


def _is_one_word(one: PayeeChange) -> bool:
    """Return whether one person said both words; such a change never counts."""
    return _plain(one.confirmed_by) == _plain(one.asked_by)


def _holds(one: Assignment, on: date) -> bool:
    return one.from_on <= on and (one.until_on is None or on < one.until_on)


def _plain(name: str) -> str:
    words = _NOISE.sub(" ", normalize("NFKC", name).casefold()).strip()
    return _LEGAL_FORM.sub("", words).replace(" ", "")
