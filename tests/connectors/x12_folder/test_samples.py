"""Every public sample becomes facts, or problems that say exactly why not; nothing is guessed."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drawbar.connectors.x12_folder.manifest import Folders, Mailbox, Settings
from drawbar.connectors.x12_folder.mapping import reader
from drawbar.edi import Identity, read
from drawbar.freight.lineage import Receipt

RECEIPT = Receipt(
    message_ref="M-1", sender="sample", learned_at=datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
)
NOWHERE = Folders(inbox="in", outbox="out", own="own")

NOBODY = Identity(
    sender_qualifier="ZZ",
    sender="NOBODY",
    receiver_qualifier="ZZ",
    receiver="NOBODY",
    control_number="0",
    payload_hash="",
)

CARRIERS = {
    "990/indice-co_EDI.Net__990-MGCTLYST-SAMPLE.EDI": ({"TenderAnswered": 1}, set()),
    "214/apimeister_x12-types__test_214.rs.2.edi": (
        {"MilestoneReported": 1},
        {"x12:SCAC:214:finding:control_number_wrong"},
    ),
    "214/indice-co_EDI.Net__214-MGCTLYST-SAMPLE.EDI": ({"MilestoneReported": 1}, set()),
    "214/indice-co_EDI.Net__x12.214.edi": ({"MilestoneReported": 1}, set()),
    "214/jf-tech_omniparser__1_canadapost_edi_214.input.txt": (
        {"MilestoneReported": 9},
        {"x12:CPCC:214:CA", "x12:CPCC:214:AP"},
    ),
    "214/jf-tech_omniparser__edi_in_depth.md.1.edi": ({}, {"x12:CPCC:ISA:trailer_missing"}),
    "214/xlate_staedi__ts214_ellipses_segterm.edi": ({"MilestoneReported": 2}, set()),
    "214/yurii1exe_edi-x12-toolkit__214-4010.edi": ({"MilestoneReported": 1}, set()),
    "214/yurii1exe_edi-x12-toolkit__214-broken.edi": (
        {},
        {"x12:DEMO:ISA:control_number_wrong"},
    ),
    "214/yurii1exe_edi-x12-toolkit__214-pipe-delimited.edi": ({"MilestoneReported": 1}, set()),
    "214/yurii1exe_edi-x12-toolkit__214-shipment-status.edi": ({"MilestoneReported": 1}, set()),
}
CUSTOMERS = {
    "204/apimeister_x12-types__test_204.rs.1.edi": (
        {},
        {"x12:SCAC:204:window", "x12:SCAC:204:pieces", "x12:SCAC:204:N7:CN"},
    ),
    "204/blueseerERP_blueseer__ACME_204.txt": ({}, {"x12:SCAC:204:pieces"}),
    "204/indice-co_EDI.Net__204-MGCTLYST-SAMPLE.EDI": (
        {},
        {"x12:SCAC:204:finding:count_wrong"},
    ),
    "204/kputnam_stupidedi__1.edi": ({}, {"x12:SCAC:204:N7:TL"}),
}


def profile(body: bytes, *, role: str, **more) -> Settings:
    """Return the profile of whoever the sample says that it is from."""
    interchanges = read(body).interchanges
    identity = interchanges[0].identity if interchanges else NOBODY
    heads = [item.segments[:2][-1] for each in interchanges for item in each.sets]
    scac = heads[0].get(3) if heads else ""
    return Settings(
        system="sample",
        folders=NOWHERE,
        ours=Mailbox(qualifier=identity.receiver_qualifier, id=identity.receiver),
        theirs=Mailbox(qualifier=identity.sender_qualifier, id=identity.sender),
        role=role,
        party_ref=scac if role == "carrier" and scac.isalpha() else "SCAC",
        is_test=True,
        **more,
    )


def heard(samples: Path, name: str, **more):
    body = (samples / "edi" / "x12" / name).read_bytes()
    reading = reader(profile(body, **more))(body, RECEIPT)
    facts = Counter(type(fact).__name__ for fact in reading.facts)
    return facts, {problem.cause for problem in reading.problems}, reading


@pytest.mark.needs("samples")
@pytest.mark.parametrize("name", CARRIERS)
def test_what_carriers_wrote(samples, name):
    facts, causes, _ = heard(samples, name, role="carrier")

    assert (dict(facts), causes) == CARRIERS[name]


@pytest.mark.needs("samples")
@pytest.mark.parametrize("name", CUSTOMERS)
def test_what_customers_tendered(samples, name):
    facts, causes, reading = heard(samples, name, role="customer")

    assert (dict(facts), causes) == CUSTOMERS[name]
    assert all(problem.place.startswith("interchange 1 / set 1") for problem in reading.problems)


@pytest.mark.needs("samples")
@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("204/kputnam_stupidedi__1.edi", {"equipment_heard": {"TL": "dry van"}}),
        (
            "204/indice-co_EDI.Net__204-MGCTLYST-SAMPLE.EDI",
            {"findings": {"count_wrong": "warn"}, "equipment_unless_stated": "dry van"},
        ),
    ],
    ids=["says what its trailers are", "accepts a wrong count"],
)
def test_a_tender_is_taken_once_the_profile(samples, name, entry):
    facts, causes, _ = heard(samples, name, role="customer", **entry)

    assert (dict(facts), causes) == ({"OrderReleased": 1}, set())


@pytest.mark.needs("samples")
def test_no_sample_of_any_kind_makes_the_reader_stumble(samples):
    files = [path for path in sorted((samples / "edi").rglob("*")) if path.is_file()]
    bodies = [path.read_bytes() for path in files]

    readings = [reader(profile(body, role="carrier"))(body, RECEIPT) for body in bodies]

    assert len(readings) > 300
    assert all(reading.facts or reading.problems for reading in readings)
