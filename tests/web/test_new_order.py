"""An order that a person releases on a page is an order like any other."""

import httpx
import pytest

from drawbar.web.auth.role import Role
from drawbar.web.auth.visitor import form_token
from drawbar.web.login import login_path

pytestmark = pytest.mark.system


@pytest.fixture
def dan(doors):
    with httpx.Client(base_url=doors.address, timeout=60) as client:
        client.get(login_path("Dan", Role.DISPATCHER, doors.settings), follow_redirects=False)
        yield client


def filled(doors, client, **more):
    stop = {"name": "Dock", "street": "1 Main St", "from_day": "2026-03-10", "from": "14:00"}
    stop |= {"to_day": "2026-03-10", "to": "18:00"}
    towns = {
        "pickup": {"city": "Dallas", "region": "tx", "zip": "75201"},
        "delivery": {"city": "Chicago", "region": "IL", "zip": "60601"},
    }
    stops = {
        f"{which}_{name}": value
        for which, town in towns.items()
        for name, value in {**stop, **town}.items()
    }
    form = {
        "form_token": form_token(client.cookies["drawbar_session"], secret=doors.settings.secret),
        "form_key": "an-order-by-hand",
        "order_ref": "HAND-1",
        "customer_ref": "GLOBEX",
        "po": "",
        "bol": "BOL-9",
        "sku": "PALLET",
        "pieces": "12",
        "weight_lb": "14,000",
        "equipment": "dry van",
        "reason": "ordered by telephone",
    }
    return form | stops | more


def test_an_order_by_hand_is_released_once_however_often_its_form_is_sent(doors, dan):
    form = filled(doors, dan)

    first, second = (dan.post("/orders/new", data=form) for _ in range(2))
    doors.work()

    assert first.headers["location"] == "/orders/HAND-1"
    assert "done already" in dan.get(second.headers["location"]).text
    load = dan.get("/orders/HAND-1.json").json()
    assert load["order"]["stops"][0]["earliest_at"] == "2026-03-10T19:00:00Z"
    assert dan.get("/shipments/S-HAND-1").status_code == 200


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pickup_region": "AZ", "pickup_zip": "860"}, "In which time zone"),
        ({"pickup_from": "25:00"}, "is no time"),
        ({"delivery_city": ""}, "Fill in the city of the delivery"),
        ({"pickup_to": "10:00"}, "latest_at is before earliest_at"),
        ({"pieces": "0"}, "pieces"),
    ],
    ids=["zone in doubt", "no time", "no city", "window turned round", "no pieces"],
)
def test_a_form_that_no_truck_could_drive_is_refused_with_what_to_mend(doors, dan, change, says):
    form = filled(doors, dan, order_ref="HAND-2", form_key="a-wrong-order") | change

    answer = dan.post("/orders/new", data=form)

    assert says in dan.get(answer.headers["location"]).text
    assert dan.get("/orders/HAND-2").status_code == 404
