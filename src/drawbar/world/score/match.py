"""Which posted voucher is for which bill: by carrier, its number, the currency and the load.

One number may stand on many loads, and on a load twice; then each voucher takes the bill that makes
the least of it a mistake, so that nothing is called wrong which can be explained.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from msgspec import structs

from drawbar.world.score.claim import Claim
from drawbar.world.score.evidence import Notice
from drawbar.world.score.outcome import Matched, Outcome
from drawbar.world.score.story import Story
from drawbar.world.truth import BillTruth


def matched(story: Story, claims: Iterable[Claim], notices: Iterable[Notice] = ()) -> Matched:
    """Return each bill with its vouchers and notices, and the vouchers that no bill explains."""
    told = {(one.carrier, one.number): one.at for one in notices}
    open_bills = [
        Outcome(
            bill=bill,
            is_told=(bill.carrier, bill.number) in told,
            told_at=told.get((bill.carrier, bill.number)),
        )
        for bill in sorted(story.bills, key=_by_sending)
    ]
    desk = _Desk(open_bills, story.orders_by_shipment)
    left = [claim for claim in claims if not desk.place(claim)]
    left = [claim for claim in left if not desk.double(claim)]
    strays = tuple(claim for claim in left if not desk.misplace(claim))
    return Matched(outcomes=tuple(desk.outcomes), strays=strays)


class _Desk:
    """Bills lying on a desk, each taking the vouchers that are put on it."""

    def __init__(self, outcomes: list[Outcome], orders: dict[str, str]) -> None:
        self.outcomes, self._orders = outcomes, orders
        self._by_name: dict[tuple[str, str], list[int]] = {}
        for index, one in enumerate(outcomes):
            name = (one.bill.carrier, one.bill.number.strip())
            self._by_name.setdefault(name, []).append(index)

    def place(self, claim: Claim) -> bool:
        """Put a voucher on a bill of its load that has none, if there is one."""
        fitting = self._of(claim, same_load=True)
        return self._put(claim, [one for one in fitting if not self.outcomes[one].claims])

    def double(self, claim: Claim) -> bool:
        """Put it on a bill of its load that has a voucher already."""
        return self._put(claim, self._of(claim, same_load=True))

    def misplace(self, claim: Claim) -> bool:
        """Put it on a bill that has none and is for another load."""
        fitting = self._of(claim, same_load=False)
        free = [one for one in fitting if not self.outcomes[one].claims]
        return self._put(claim, free, elsewhere=True)

    def _of(self, claim: Claim, *, same_load: bool) -> list[int]:
        order = self._orders.get(claim.shipment, "")
        if claim.number:
            named = self._by_name.get((claim.carrier, claim.number), [])
        else:
            named = [i for names, of in self._by_name.items() if claim.is_of(*names) for i in of]
        return [
            index
            for index in named
            if self.outcomes[index].bill.currency == claim.currency
            and (self.outcomes[index].bill.order == order or not order) is same_load
        ]

    def _put(self, claim: Claim, fitting: list[int], *, elsewhere: bool = False) -> bool:
        if not fitting:
            return False
        index = min(fitting, key=lambda one: self._mistake(claim, self.outcomes[one]))
        one = self.outcomes[index]
        self.outcomes[index] = structs.replace(
            one, claims=(*one.claims, claim), elsewhere=one.elsewhere or elsewhere
        )
        return True

    def _mistake(self, claim: Claim, one: Outcome) -> tuple[bool, Decimal, Decimal]:
        after = one.vouchered + claim.amount
        is_early = claim.first_at < one.bill.sent_at
        return is_early, max(after - one.payable, Decimal(0)), abs(one.payable - after)


def _by_sending(bill: BillTruth) -> tuple[datetime, str]:
    return bill.sent_at, bill.key
