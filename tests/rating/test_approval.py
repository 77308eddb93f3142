"""What people approved on top of a contract: whom it raises, what it adds, what it is called.

The contract grants linehaul 1,000.00, detention 150.00 at stop 2 and 80.00 at stop 3, lumpers of
40.00 at stop 4 and 60.00 at stop 2, and a liftgate of 75.00 for the whole load.
"""

from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, Charge, Explanation, Step
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.money import Money
from drawbar.rating.approval import with_approvals
from tests.rating.accessorial_terms import approval, clause, contract, usd

SAID = "approved by Ines because asked"


def granted(kind: K, amount: str, stop: int = 0, **changes: object) -> AgreedCharge:
    plain = AgreedCharge(
        charge_ref=f"{kind.value}:{stop}" if stop else kind.value,
        charge=Charge(kind=kind, money=usd(amount), stop=stop),
        why=Explanation(
            rule=kind.value, clause="C", facts=("seen",), steps=(Step(text="measured"),)
        ),
    )
    return structs.replace(plain, **changes)


GRANTED = (
    granted(K.LINEHAUL, "1000.00"),
    granted(K.DETENTION, "80.00", 3),
    granted(K.DETENTION, "150.00", 2),
    granted(K.LUMPER, "40.00", 4),
    granted(K.LUMPER, "60.00", 2),
    granted(K.LIFTGATE, "75.00"),
)


def owed(*approvals: Approval) -> dict[str, str]:
    """Return what differs from the contract: amounts by name, the same in any order."""
    found = {
        tuple(
            (one.charge_ref, str(one.charge.money))
            for one in with_approvals(contract(), GRANTED, order)
            if one not in GRANTED
        )
        for order in permutations(approvals)
    }
    assert len(found) == 1
    return dict(found.pop())


def pesos(kind: K, amount: str, stop: int = 0) -> Approval:
    return structs.replace(approval(kind, "0", stop=stop), money=Money(Decimal(amount), "MXN"))


@pytest.mark.parametrize(
    ("approved", "changed"),
    [
        (approval(K.LINEHAUL, "1100.00"), {"linehaul": "1,100.00 USD"}),
        (approval(K.LINEHAUL, "1100.00", stop=2), {"linehaul": "1,100.00 USD"}),
        (approval(K.LINEHAUL, "999.99"), {}),
        (approval(K.DETENTION, "200.00", stop=2), {"detention:2": "200.00 USD"}),
        (approval(K.DETENTION, "149.99", stop=2), {}),
        (approval(K.LUMPER, "70.00", stop=2), {"lumper:2": "70.00 USD"}),
        (approval(K.LIFTGATE, "90.00", stop=3), {"liftgate": "90.00 USD"}),
        (approval(K.DETENTION, "300.00"), {"detention:2": "220.00 USD"}),
        (approval(K.DETENTION, "229.99"), {}),
        (approval(K.LUMPER, "110.00"), {"lumper:2": "70.00 USD"}),
    ],
    ids=[
        "linehaul",
        "linehaul is the whole load's, whatever stop was named",
        "less than granted",
        "detention of the stop",
        "less detention than measured",
        "a lumper of the stop",
        "a stop, where the charge is the whole load's",
        "detention of no stop raises the sum of 230.00 at the first",
        "less than the sum",
        "lumpers of no stop raise the sum of 100.00 at the first",
    ],
)
def test_an_approval_raises_what_is_granted_and_adds_nothing_to_it(approved, changed):
    assert owed(approved) == changed


@pytest.mark.parametrize(
    ("approved", "added"),
    [
        (approval(K.FUEL_SURCHARGE, "50.00", stop=2), {"fuel_surcharge": "50.00 USD"}),
        (approval(K.DETENTION, "50.00", stop=4), {"detention:4": "50.00 USD"}),
        (approval(K.LUMPER, "50.00", stop=3), {"lumper:3:a-1": "50.00 USD"}),
        (approval(K.STORAGE, "0.01"), {"storage:0:a-1": "0.01 USD"}),
        (approval(K.STORAGE, "0.00"), {}),
        (approval(K.STORAGE, "-5.00"), {}),
        (pesos(K.LINEHAUL, "900"), {"linehaul:0:a-1": "900 MXN"}),
        (pesos(K.LUMPER, "900"), {"lumper:0:a-1": "900 MXN"}),
        (pesos(K.DETENTION, "900", 2), {"detention:2:a-1": "900 MXN"}),
    ],
    ids=[
        "a surcharge that the contract does not grant",
        "detention at a stop that was quick",
        "a lumper at a stop without one",
        "a cent of storage",
        "nothing",
        "less than nothing",
        "linehaul in another currency",
        "a lumper in another currency",
        "detention in another currency",
    ],
)
def test_what_the_contract_does_not_grant_is_a_charge_of_its_own(approved, added):
    assert owed(approved) == added


def test_of_two_words_about_one_charge_the_larger_counts():
    small, large = (
        approval(K.DETENTION, amount, stop=4, fact=f"a-{amount}") for amount in ("50.00", "90.00")
    )

    assert owed(small, large) == {"detention:4": "90.00 USD"}


def test_of_two_words_that_say_the_same_the_first_by_name_is_kept():
    twins = [approval(K.DETENTION, "50.00", stop=4, fact=fact) for fact in ("a-2", "a-1")]
    *_, charge = with_approvals(contract(), GRANTED, twins)

    assert charge.why.facts == ("a-1",)


def test_new_charges_come_last_in_the_order_of_their_names():
    approvals = (
        approval(K.STORAGE, "5.00", fact="a-1"),
        approval(K.LAYOVER, "6.00", fact="a-2"),
        approval(K.OTHER, "7.00", fact="a-3"),
    )
    found = with_approvals(contract(), GRANTED, approvals)

    assert found[: len(GRANTED)] == GRANTED
    assert [one.charge_ref for one in found[len(GRANTED) :]] == [
        "layover:0:a-2",
        "other:0:a-3",
        "storage:0:a-1",
    ]


def test_a_raised_charge_keeps_its_reason_and_says_who_raised_it_and_is_final():
    waiting = granted(K.LINEHAUL, "1000.00", provisional=True, awaits=("EIA",))
    (charge,) = with_approvals(contract(), (waiting,), [approval(K.LINEHAUL, "1100.00")])

    assert charge == structs.replace(
        waiting,
        charge=Charge(kind=K.LINEHAUL, money=usd("1100.00")),
        why=Explanation(
            rule="linehaul",
            clause="C",
            facts=("seen", "a-1"),
            steps=(Step(text="measured"), Step(text=SAID, result="1,100.00 USD")),
        ),
        provisional=False,
    )


def test_an_approval_of_exactly_what_is_granted_stands_beside_it():
    (charge,) = with_approvals(
        contract(), (granted(K.LINEHAUL, "1000.00"),), [approval(K.LINEHAUL, "1000.00")]
    )

    assert charge.why.facts == ("seen", "a-1")


def test_a_charge_of_its_own_names_the_clause_that_asks_for_the_approval():
    row = clause(K.LUMPER, "90", needs_approval=True)
    (charge,) = with_approvals(contract(row), (), [approval(K.LUMPER, "85.00", stop=2)])

    assert charge == AgreedCharge(
        charge_ref="lumper:2:a-1",
        charge=Charge(kind=K.LUMPER, money=usd("85.00"), stop=2),
        why=Explanation(
            rule="approval",
            contract_ref="ABCD-2026",
            contract_version=1,
            clause="A-lumper",
            facts=("a-1",),
            steps=(
                Step(text="clause A-lumper needs an approval"),
                Step(text=SAID, result="85.00 USD"),
            ),
        ),
    )


def test_without_a_clause_the_person_alone_is_the_reason():
    row = clause(K.STORAGE, "90", needs_approval=True)
    (charge,) = with_approvals(contract(row), (), [approval(K.LUMPER, "85.00", stop=2)])

    assert charge.why == Explanation(
        rule="approval", facts=("a-1",), steps=(Step(text=SAID, result="85.00 USD"),)
    )
