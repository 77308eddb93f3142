"""The rounds of a dispute: what the carrier asks, what we offer, and where both meet.

A dispute begins at everything and nothing. A line ends where our offer reaches what the carrier
asks, at what it asks; what ended drops out, and no later round opens it again.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from drawbar.freight.dispute import Ending, PartAmount, Voice, part_key
from drawbar.freight.money import Money, total, zero


class NotInThisDispute(ValueError):
    """A round names a line that is not open here: it ended, or never was. Name an open one."""


class BeyondPart(ValueError):
    """A round names more than is open of a line, less than nothing, or another currency."""


class Part(Struct, frozen=True, kw_only=True):
    """A contested line. ``asked`` and ``offered`` are what of ``open`` is to be paid.

    ``contested`` is all that ever was, and equals ``open`` with everything that ``ended``. A part
    is ``agreed`` while its end is on its way to the bill.
    """

    bill_ref: str
    invoice_number: str
    line: int
    contested: Money
    open: Money
    asked: Money
    offered: Money
    offered_by: str = ""
    ended: dict[Ending, Money] = {}
    agreed: Money | None = None
    reason: str = ""
    text: str = ""
    rules: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return its name among the parts."""
        return part_key(self.bill_ref, self.line)

    @property
    def is_open(self) -> bool:
        """Return whether there is something left to answer."""
        return self.open.amount > 0 and self.agreed is None


class Answered(Struct, frozen=True, kw_only=True):
    """The parts after a round, and what of which one both sides agree to pay."""

    parts: tuple[Part, ...]
    agreed: tuple[PartAmount, ...]


def contested(parts: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """Add what is contested now to what is known of the line, as a part of its own if it is new."""
    known = next((one for one in parts if one.key == new.key), None)
    if known is None:
        return (*parts, new)
    more = structs.replace(
        new,
        contested=known.contested + new.contested,
        open=known.open + new.open,
        asked=known.asked + new.asked,
        offered=known.offered,
        offered_by=known.offered_by,
        ended=known.ended,
        rules=tuple(dict.fromkeys((*known.rules, *new.rules))),
    )
    return tuple(more if one is known else one for one in parts)


def ended(parts: tuple[Part, ...], key: str, so: Mapping[Ending, Money]) -> tuple[Part, ...]:
    """Take what ended off the open money of a line.

    What the carrier did not ask any more is credited by it, not written off by us.
    """
    return tuple(_ended(one, _by_whom(one, so)) if one.key == key else one for one in parts)


def answered(
    parts: tuple[Part, ...], voice: Voice, amounts: Iterable[PartAmount], *, said_by: str
) -> Answered:
    """Return the parts after one side named its figures. Raise if a figure cannot be meant."""
    said = {one.part: one for one in amounts}
    for one in said.values():
        _refuse(parts, one)
    now = tuple(
        _spoken(one, voice, said[one.key].money, said_by) if one.key in said else one
        for one in parts
    )
    met = tuple(_met(one) if one.is_open else one for one in now)
    return Answered(
        parts=met,
        agreed=tuple(
            PartAmount(bill_ref=one.bill_ref, line=one.line, money=one.agreed)
            for before, one in zip(now, met, strict=True)
            if one.agreed is not None and before.agreed is None
        ),
    )


def meeting(parts: Iterable[Part], voice: Voice) -> tuple[PartAmount, ...]:
    """Return the figures by which ``voice`` takes whatever the other side said last."""
    return tuple(
        PartAmount(
            bill_ref=one.bill_ref,
            line=one.line,
            money=one.asked if voice is Voice.OURS else one.offered,
        )
        for one in parts
        if one.is_open
    )


def credited(parts: Iterable[Part], money: Money) -> tuple[PartAmount, ...]:
    """Return what the carrier still asks of each open line once it credits ``money``, in order."""
    left, figures = money, []
    for one in parts:
        if one.is_open and one.open.currency != money.currency:
            raise BeyondPart(f"the credit of {money} is about no line in {one.open.currency}")
        if one.is_open and left.amount > 0:
            off = min(left, one.asked)
            figures.append(PartAmount(bill_ref=one.bill_ref, line=one.line, money=one.asked - off))
            left = left - off
    if left.amount > 0:
        raise BeyondPart(f"the credit of {money} is {left} more than what is asked")
    return tuple(figures)


def covered(parts: Iterable[Part], money: Money) -> tuple[PartAmount, ...]:
    """Return what of each open line a credit of ``money`` covers, in order; a part of one counts.

    What it leaves is the credit's, and no other line's.
    """
    left, covers = money, []
    for one in parts:
        part = min(one.open, left)
        if one.is_open and part.amount > 0:
            covers.append(PartAmount(bill_ref=one.bill_ref, line=one.line, money=part))
            left = left - part
    return tuple(covers)


def in_dispute(parts: Iterable[Part], *, currency: str) -> Money:
    """Return what is open, never below zero."""
    return total((one.open for one in parts), currency=currency)


def ended_as(parts: Iterable[Part], ending: Ending, *, currency: str) -> Money:
    """Return what of the contested money ended in one way."""
    none = zero(currency)
    return total((one.ended.get(ending, none) for one in parts), currency=currency)


def _refuse(parts: tuple[Part, ...], said: PartAmount) -> None:
    part = next((one for one in parts if one.key == said.part), None)
    if part is None:
        raise NotInThisDispute(f"line {said.line} of {said.bill_ref} is not in this dispute")
    if not part.is_open:
        raise NotInThisDispute(f"line {said.line} of {said.bill_ref} is settled; that stands")
    if said.money.currency != part.open.currency or not 0 <= said.money.amount <= part.open.amount:
        raise BeyondPart(f"{said.money} is not a part of the {part.open} in dispute")


def _spoken(part: Part, voice: Voice, money: Money, said_by: str) -> Part:
    if voice is Voice.CARRIER:
        return structs.replace(part, asked=money)
    return structs.replace(part, offered=money, offered_by=said_by)


def _met(part: Part) -> Part:
    return structs.replace(part, agreed=part.asked) if part.offered >= part.asked else part


def _by_whom(part: Part, so: Mapping[Ending, Money]) -> Mapping[Ending, Money]:
    written_off = so.get(Ending.WRITTEN_OFF)
    if written_off is None:
        return so
    let_go = min(written_off, part.open - part.asked)
    credited_too = so.get(Ending.CREDITED, zero(part.open.currency)) + let_go
    return {**so, Ending.WRITTEN_OFF: written_off - let_go, Ending.CREDITED: credited_too}


def _ended(part: Part, so: Mapping[Ending, Money]) -> Part:
    none = zero(part.open.currency)
    gone = total(so.values(), currency=part.open.currency)
    left = max(part.open - gone, none)
    return structs.replace(
        part,
        contested=part.contested + max(gone - part.open, none),
        open=left,
        asked=min(part.asked, left),
        offered=min(part.offered, left),
        ended={how: part.ended.get(how, none) + so.get(how, none) for how in {*part.ended, *so}},
        agreed=None,
    )
