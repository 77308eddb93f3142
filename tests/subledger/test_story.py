"""A shipment's whole story in the books, whatever happens in whatever order.

After each step the accrual is what is still expected, and no cent of cost is made or lost.
"""

from datetime import date
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.ledger import Account, Entry
from drawbar.freight.money import Money, total, zero
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.balance import accrued, balance
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import accrue_cost, approve_bill, cancel_cost, end_dispute, pay_bill
from drawbar.subledger.expected import open_amount, released_after

REFS = ("linehaul", "fuel_surcharge", "detention:2")
cents = st.integers(0, 50_000).map(lambda count: Decimal(count).scaleb(-2))
slack = st.integers(-500, 500).map(lambda count: Decimal(count).scaleb(-2))


class Story(RuleBasedStateMachine):
    """Accrue, re-rate, approve, concede, drop, pay and cancel one shipment."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.agreed: tuple[AgreedCharge, ...] = ()
        self.used: dict[str, Money] = {}
        self.released: dict[str, Money] = {}
        self.payable = zero("USD")
        self.paid = zero("USD")

    @rule(amounts=st.tuples(cents, cents, cents))
    def rate(self, amounts):
        self.agreed = tuple(
            AgreedCharge(
                charge_ref=ref,
                charge=Charge(kind=ChargeKind.OTHER, money=Money(amount, "USD")),
                why=Explanation(rule="any"),
            )
            for ref, amount in zip(REFS, amounts, strict=True)
        )
        self._accrue()

    @rule(ref=st.sampled_from(REFS), part=cents, beside=slack, final=st.booleans())
    def approve(self, ref, part, beside, final):
        uses, payable = Money(part, "USD"), Money(max(part + beside, Decimal(0)), "USD")
        before = self._accrued()
        self.used[ref] = self.used.get(ref, zero("USD")) + uses
        self._release({ref: self._open(ref)} if final else {})
        self._post(
            approve_bill(self._booking(), payable=payable, accrued=before, stays=self._stays())
        )
        self.payable += payable

    @rule(ref=st.sampled_from(REFS), conceded=cents)
    def end_dispute(self, ref, conceded):
        before = self._accrued()
        money = min(Money(conceded, "USD"), self._open(ref))
        self.used[ref] = self.used.get(ref, zero("USD")) + money
        self._release({ref: self._open(ref)})
        self._post(
            end_dispute(self._booking(), conceded=money, accrued=before, stays=self._stays())
        )
        self.payable += money

    @rule(part=cents)
    def pay(self, part):
        money = min(Money(part, "USD"), self.payable - self.paid)
        self._post(pay_bill(self._booking(), paid=money))
        self.paid += money

    @rule(tonu=cents)
    def cancel(self, tonu):
        owed = Money(tonu, "USD")
        self._post(cancel_cost(self._booking(), accrued=self._accrued(), owed=owed))
        charge = Charge(kind=ChargeKind.TONU, money=owed)
        self.agreed = (
            AgreedCharge(charge_ref="tonu", charge=charge, why=Explanation(rule="tonu")),
        )
        self.used.pop("tonu", None)

    @invariant()
    def the_accrual_is_what_is_still_expected(self):
        assert self._accrued() == self._stays()

    @invariant()
    def what_was_approved_is_owed_until_it_is_paid(self):
        owed = -balance(self.entries, Account.ACCOUNTS_PAYABLE, currency="USD")
        assert owed == self.payable - self.paid

    @invariant()
    def cost_and_variance_are_what_is_payable_and_expected(self):
        cost = balance(self.entries, Account.FREIGHT_COST, currency="USD")
        variance = balance(self.entries, Account.FREIGHT_VARIANCE, currency="USD")
        assert cost + variance == self.payable + self._accrued()

    @invariant()
    def the_books_balance_and_no_entry_is_named_twice(self):
        lines = (line.money for entry in self.entries for line in entry.lines)
        assert total(lines, currency="USD") == zero("USD")
        refs = [entry.entry_ref for entry in self.entries]
        assert len(refs) == len(set(refs))

    def teardown(self):
        for ref in (one.charge_ref for one in self.agreed):
            self.approve(ref, self._open(ref).amount, Decimal(0), final=True)
        assert self._accrued() == zero("USD")

    def _accrue(self) -> None:
        self.released = released_after(self.agreed, used=self.used, released=self.released, more={})
        self._post(accrue_cost(self._booking(), expected=self._stays(), accrued=self._accrued()))

    def _release(self, more: dict[str, Money]) -> None:
        self.released = released_after(
            self.agreed, used=self.used, released=self.released, more=more
        )

    def _open(self, ref: str) -> Money:
        charges = tuple(one for one in self.agreed if one.charge_ref == ref)
        return open_amount(charges, used=self.used, released=self.released, currency="USD")

    def _stays(self) -> Money:
        return open_amount(self.agreed, used=self.used, released=self.released, currency="USD")

    def _accrued(self) -> Money:
        return accrued(self.entries, shipment_ref="S-1", currency="USD")

    def _booking(self) -> Booking:
        return Booking(
            about=StreamKey(StreamKind.SHIPMENT, "S-1"),
            shipment_ref="S-1",
            document_on=date(2026, 4, 10),
            revision=len(self.entries),
        )

    def _post(self, entries: tuple[Entry, ...]) -> None:
        self.entries += entries


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=50, stateful_step_count=20)
