"""Every reason why Globex is not invoiced yet, in words, with what would end it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.billing.obstacle import NotReadyReason, Obstacle
from drawbar.billing.readiness import NotReady, Proof, Ready, Standing, events_until, ready
from drawbar.freight.billing_terms import BillingTerms, PaperKind
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.money import Money
from drawbar.freight.party import Customer
from drawbar.freight.reference import ReferenceKind

NOW = datetime(2026, 3, 11, 15, 40, tzinfo=UTC)
DONE = Standing(delivered=True, proof=Proof.COMPLETE, delivered_at=NOW)


def globex(*, short=True, days: int | None = 30, **terms) -> Customer:
    return Customer(
        customer_ref="GLOBEX",
        name="Globex",
        payment_days=days,
        short_delivery_billable=short,
        billing=BillingTerms(**terms),
    )


def charge(kind: ChargeKind, amount: str, currency: str = "USD", **said) -> AgreedCharge:
    return AgreedCharge(
        charge_ref=kind.value,
        charge=Charge(kind=kind, money=Money(Decimal(amount), currency)),
        why=Explanation(rule="lane"),
        **said,
    )


HAUL = charge(ChargeKind.LINEHAUL, "1000.00")
FUEL = charge(ChargeKind.FUEL_SURCHARGE, "250.00")
LUMPER = charge(ChargeKind.LUMPER, "90.00", passes_on="lumper")
WAIT = charge(ChargeKind.DETENTION, "75.00", passes_on="stop_off:2")


def standing(**changes) -> Standing:
    return structs.replace(DONE, **changes)


def told(one: Standing, customer: Customer | None, *charges: AgreedCharge):
    return ready(one, customer=customer, sell_charges=charges or (HAUL,), now=NOW)


@pytest.mark.parametrize(
    ("code", "one", "customer", "text", "remedy"),
    [
        (
            Obstacle.CUSTOMER_UNKNOWN, DONE, None,
            "nobody knows this customer",
            "Add the customer to the company folder.",
        ),
        (
            Obstacle.TERMS_UNKNOWN, DONE, globex(days=None),
            "no payment terms are agreed with Globex",
            "Enter the customer's payment days.",
        ),
        (
            Obstacle.SHORT_DELIVERY, standing(proof=Proof.SHORT), globex(short=False),
            "pieces are missing, and Globex does not pay for a short delivery",
            "Settle the shortage with the customer, or deliver the rest.",
        ),
        (
            Obstacle.NOT_DELIVERED, standing(delivered=False), globex(),
            "it is not reported as delivered",
            "The delivery report of the carrier.",
        ),
        (
            Obstacle.SEQUENCE_INVALID, standing(sequence_ok=False), globex(),
            "its reported times contradict each other",
            "Correct the report that is wrong.",
        ),
        (
            Obstacle.POD_MISSING, standing(proof=Proof.MISSING), globex(),
            "there is no proof of delivery",
            "Ask the carrier for the signed proof of delivery.",
        ),
        (
            Obstacle.POD_INVALID,
            standing(proof=Proof.INCOMPLETE, proof_lacks=("the signer", "the date")), globex(),
            "the proof of delivery lacks the signer, the date",
            "Ask the carrier for a complete proof of delivery.",
        ),
        (
            Obstacle.POD_INVALID, standing(proof=Proof.INCOMPLETE), globex(),
            "the proof of delivery lacks something that the customer asks for",
            "Ask the carrier for a complete proof of delivery.",
        ),
        (
            Obstacle.PAPER_MISSING, DONE, globex(documents=(PaperKind.POD, PaperKind.BOL)),
            "there is no bill of lading on file",
            "Ask the carrier for the bill of lading, and file it with the shipment.",
        ),
        (
            Obstacle.PAPER_MISSING, DONE, globex(documents=(PaperKind.RECEIPT,)),
            "there is no receipt on file",
            "Ask the carrier for the receipt, and file it with the shipment.",
        ),
        (
            Obstacle.PAPER_MISSING, DONE, globex(documents=(PaperKind.WEIGHT_CERTIFICATE,)),
            "there is no weight certificate on file",
            "Ask the carrier for the weight certificate, and file it with the shipment.",
        ),
        (
            Obstacle.REFERENCE_MISSING, DONE, globex(references=(ReferenceKind.CARRIER_INVOICE,)),
            "the order has no CARRIER INVOICE, and the customer wants it on the invoice",
            "Ask the customer for the CARRIER INVOICE, and send it as a change of the order.",
        ),
        (
            Obstacle.COST_CENTRE_MISSING, DONE, globex(cost_centre_required=True),
            "nobody knows which cost centre bears it",
            "Name the cost centre on the order, or the customer's usual one in its file.",
        ),
        (
            Obstacle.EVENTS_OPEN, DONE, globex(events_wait_hours=12),
            "late events may still come until 2026-03-12 03:40 UTC",
            "Nothing: it is looked at again by itself at that time.",
        ),
        (
            Obstacle.EVENTS_OPEN, DONE, globex(events_wait_hours=12, zone="America/Chicago"),
            "late events may still come until 2026-03-11 22:40 CDT",
            "Nothing: it is looked at again by itself at that time.",
        ),
    ],
    ids=[
        "no customer", "no terms", "short", "not delivered", "impossible times", "no proof",
        "incomplete proof", "incomplete in an unknown way", "no bill of lading", "no receipt",
        "no weight certificate", "no number", "no cost centre", "late events",
        "late events on the customer's clock",
    ],
)  # fmt: skip
def test_a_shipment_that_waits_says_why_and_what_ends_it(code, one, customer, text, remedy):
    assert told(one, customer) == NotReady(
        reasons=(NotReadyReason(code=code, text=text, remedy=remedy),)
    )


@pytest.mark.parametrize(
    ("code", "charges", "text", "remedy"),
    [
        (
            Obstacle.NO_CHARGES, (charge(ChargeKind.LINEHAUL, "0.00"),),
            "there is nothing to charge for it",
            "Add the lane to the customer's rate contract.",
        ),
        (
            Obstacle.PROVISIONAL,
            (HAUL, structs.replace(FUEL, provisional=True),
             charge(ChargeKind.STOP_OFF, "5.00", provisional=True)),
            "provisional: fuel surcharge, stop off",
            "The missing rate or index; it is priced again when that is there.",
        ),
        (
            Obstacle.MIXED_CURRENCIES,
            (HAUL, charge(ChargeKind.LUMPER, "5.00", "EUR"), FUEL),
            "its charges are in EUR and USD",
            "Charge in one currency.",
        ),
        (
            Obstacle.COST_CONTESTED, (HAUL, WAIT, LUMPER),
            "the carrier's lumper, stop off:2 is not settled yet",
            "End the dispute about the carrier's bill; what is agreed is then passed on.",
        ),
    ],
    ids=["nothing to charge", "provisional", "two currencies", "a contested cost passed on"],
)  # fmt: skip
def test_charges_that_hold_the_invoice_are_named(code, charges, text, remedy):
    contested = standing(contested=("lumper", "detention:1", "stop_off:2"))

    assert told(contested, globex(costs_settled=True), *charges) == NotReady(
        reasons=(NotReadyReason(code=code, text=text, remedy=remedy),)
    )


def test_the_first_cent_is_invoiced():
    cent = charge(ChargeKind.LINEHAUL, "0.005")

    assert told(DONE, globex(), cent) == Ready(total=Money(Decimal("0.01"), "USD"))


@pytest.mark.parametrize(
    ("one", "hours", "until"),
    [
        (DONE, 12, datetime(2026, 3, 12, 3, 40, tzinfo=UTC)),
        (DONE, 0, None),
        (standing(delivered_at=None), 12, None),
        (standing(cancelled=True), 12, None),
    ],
    ids=["twelve hours", "no hours", "not delivered", "a truck that was not used"],
)
def test_late_events_are_waited_for_so_many_hours_after_delivery(one, hours, until):
    assert events_until(one, BillingTerms(events_wait_hours=hours)) == until
