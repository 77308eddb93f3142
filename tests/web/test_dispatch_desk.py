"""A dispatcher on the page of a load: what is offered, what is refused, and that twice is once."""

import re

import httpx
import pytest

from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.stream import StreamKind
from drawbar.freight.tender import Answer
from drawbar.web.auth.role import Role
from drawbar.web.login import login_path
from tests.flow.stage import answered, milestone, order, released
from tests.flow.test_orders_under_attack import changed, later
from tests.web.test_finance import state

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def desk(doors):
    """Learn seven loads: tendered, uncovered, covered, changed and tendered again."""
    for ref in ("1001", "1002", "1003", "1004", "1005", "1006", "1007"):
        doors.engine.learn([released(order(ref))])
    no = Answer.DECLINED
    doors.engine.learn(
        [answered("S-1002-V1T1", no), answered("S-1002-V1T2", no, carrier="NRTH", at=-589)]
    )
    doors.engine.learn([answered(f"S-{ref}-V1T1") for ref in ("1003", "1004", "1005", "1007")])
    doors.engine.learn([changed(later(order(ref, revision=2))) for ref in ("1004", "1005")])
    doors.work()
    return doors


@pytest.fixture
def ann(desk):
    with httpx.Client(base_url=desk.address, timeout=60) as client:
        log_in(desk, client)
        yield client


def log_in(desk, client):
    client.get(login_path("Ann", Role.DISPATCHER, desk.settings), follow_redirects=False)


def hidden(page: str, path: str) -> dict[str, str]:
    """Return the hidden fields of the first form with this action, as the browser would send."""
    found = re.search(
        rf'<form class="act" method="post" action="{re.escape(path)}".*?</form>', page, re.DOTALL
    )
    assert found, f"no form {path}"
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found[0]))


def act(client, ref, name, **fields):
    path = f"/shipments/{ref}/{name}"
    form = hidden(client.get(f"/shipments/{ref}").text, path)
    answer = client.post(path, data=form | {"reason": "agreed by phone"} | fields)
    return (*said(client, answer), form)


def said(client, answer):
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["location"]).text
    found = re.search(r'<p class="told( refused)?"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found, page
    return found[2], bool(found[1])


def load(desk, ref):
    return state(desk, StreamKind.SHIPMENT, ref)


def test_a_load_without_a_carrier_is_offered_at_a_spot_rate(desk, ann):
    text, is_refusal, _ = act(ann, "S-1002", "offer", carrier_ref="ABCD", rate="1,900.00")

    (offer,) = load(desk, "S-1002").waterfall.open_offers
    assert (text, is_refusal) == ("S-1002: ABCD is asked.", False)
    assert (str(offer.spot.money), offer.spot.approved_by) == ("1,900.00 USD", "Ann")


def test_the_answer_of_a_carrier_is_recorded_with_who_said_so(desk, ann):
    act(ann, "S-1001", "answer-tender", answer="accepted", said_by="Joe", pro="77001")

    timeline = ann.get("/shipments/S-1001").text
    assert load(desk, "S-1001").carrier_ref == "ABCD"
    assert "recorded by Ann because Joe said so: agreed by phone" in timeline


def test_a_double_click_does_it_once_and_says_so(desk, ann):
    path = "/shipments/S-1006/withdraw-tender"
    form = hidden(ann.get("/shipments/S-1006").text, path) | {"reason": "the rate is too high"}

    first, again = (said(ann, ann.post(path, data=form)) for _ in range(2))

    assert first[0].startswith("S-1006: S-1006-V1T1 is taken back")
    assert (again[0].split(":")[0], again[1]) == ("This was done already", False)
    assert len(load(desk, "S-1006").waterfall.offers) == 1


@pytest.mark.parametrize(
    ("ref", "name", "fields", "says"),
    [
        ("S-1003", "offer", {"carrier_ref": "NRTH"}, "ABCD has the load"),
        ("S-1003", "offer", {"carrier_ref": "XXXX"}, "Nobody knows a carrier XXXX"),
        ("S-1003", "offer", {"carrier_ref": "ABCD", "rate": "0"}, "above zero"),
        ("S-1003", "offer", {"carrier_ref": "ABCD", "reason": " "}, "Say why"),
        ("S-1003", "withdraw-tender", {"tender_ref": "S-9"}, "There is nothing to take back"),
        ("S-1003", "answer-tender", {"answer": "declined"}, "Fill in who said so"),
        ("S-1003", "report-event", {"milestone": "delivered", "local_at": "soon"}, "is no time"),
        ("S-1003", "report-event", {"milestone": "lost", "stop": "1"}, "Nothing that happens"),
        ("S-1003", "set-appointment", {"stop": "9", "local_at": "x"}, "There is no stop 9"),
        ("S-1003", "cancel", {"shown": "999.00 USD"}, "It would cost"),
    ],
    ids=[
        "it has a carrier",
        "nobody knows it",
        "for nothing",
        "without a reason",
        "no such tender",
        "nobody said so",
        "no time",
        "no event",
        "no stop",
        "another cost than was shown",
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason_and_changes_nothing(
    desk, ann, ref, name, fields, says
):
    before = load(desk, ref)

    text, is_refusal, _ = act(ann, ref, name, **({"stop": "1"} | fields))

    assert is_refusal
    assert says in text
    assert load(desk, ref) == before


def test_a_disabled_button_says_why(desk, ann):
    page = ann.get("/shipments/S-1003").text

    assert "ABCD has the load (S-1003-V1T1). Take the tender back first" in page


def test_the_page_shows_what_the_erp_changed_and_the_carrier_agrees(desk, ann):
    page = ann.get("/shipments/S-1004").text
    assert "Changed after the tender: revision 2" in page
    assert "<del>2026-03-09 10:00</del>" in page
    assert "<ins>2026-03-09 14:00</ins>" in page

    act(ann, "S-1004", "answer-tender", said_by="Joe")

    assert load(desk, "S-1004").award.version == 2
    assert "Changed after the tender" not in ann.get("/shipments/S-1004").text


def test_a_refused_change_stops_the_load_and_the_next_carrier_is_asked_when_it_goes_on(desk, ann):
    text, is_refusal, _ = act(ann, "S-1005", "refuse-change")
    assert (is_refusal, "Revision 2 is refused" in text) == (False, True)
    refused, is_refusal, _ = act(ann, "S-1005", "retender")
    assert (is_refusal, "on hold by Ann" in refused) == (True, True)
    act(ann, "S-1005", "lift-hold")

    act(ann, "S-1005", "retender")

    (offer,) = load(desk, "S-1005").waterfall.open_offers
    assert (offer.carrier_ref, offer.version) == ("NRTH", 2)


def test_what_a_cancellation_costs_is_shown_before_the_click_and_after_it(desk, ann):
    desk.clock.at = desk.clock.at.replace(day=9, hour=13)
    log_in(desk, ann)
    shown = ann.get("/shipments/S-1007").text
    preview = desk.get("/v1/orders/1007/cancellation").json()
    assert "250.00 USD TONU" in shown
    assert preview["carrier"]["money"] == {"amount": "250.00", "currency": "USD"}

    text, is_refusal, _ = act(ann, "S-1007", "cancel")

    assert (text, is_refusal) == ("Order 1007 is cancelled; ABCD is owed 250.00 USD.", False)
    assert [str(one.charge.money) for one in load(desk, "S-1007").buy] == ["250.00 USD"]


def test_an_event_by_hand_counts_until_the_carrier_says_otherwise(desk, ann):
    desk.clock.at = desk.clock.at.replace(day=9, hour=16)
    log_in(desk, ann)
    fields = {"milestone": "arrived_pickup", "stop": "1", "local_at": "2026-03-09T10:05"}
    act(ann, "S-1001", "report-event", **fields)
    by_hand = load(desk, "S-1001").last_event
    assert (by_hand.source.value, f"{by_hand.happened_at:%H:%M}") == ("manual", "15:05")

    desk.engine.learn([milestone(MilestoneKind.ARRIVED_PICKUP, 62, ref="S-1001")])

    assert load(desk, "S-1001").last_event.source.value == "carrier"


def test_a_silent_truck_is_called_and_what_it_said_ends_the_case(desk, ann):
    desk.clock.at = desk.clock.at.replace(day=9, hour=18)
    log_in(desk, ann)
    desk.work()
    page = ann.get("/shipments/S-1003").text
    assert "Nothing was heard of S-1003 with ABCD since" in page
    assert '<option value="delayed" selected>' in page

    act(ann, "S-1003", "report-event", milestone="delayed", stop="1", local_at="2026-03-09T12:55")

    assert not load(desk, "S-1003").flags
    assert "Nothing was heard" not in ann.get("/cases?kind=silent_truck").text


def test_an_appointment_by_hand_takes_the_place_of_the_one_before(desk, ann):
    for hour in ("12", "11"):
        at = f"2026-03-11T{hour}:00"
        act(ann, "S-1001", "set-appointment", stop="2", local_at=at)

    told = ann.get("/v1/shipments/S-1001", headers=desk.key(Role.ADMIN)).json()
    assert told["stops"][1]["due_at"] == "2026-03-11T16:00:00Z"
    assert not load(desk, "S-1001").flags
