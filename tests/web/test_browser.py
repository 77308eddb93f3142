"""The pages in a real browser: nothing is blocked, nothing hangs over, in light and in dark."""

import pytest

from drawbar.web.auth.role import Role
from drawbar.web.login import login_path

pytestmark = [pytest.mark.system, pytest.mark.needs("chromium")]

ORDER = {
    "order_ref": "SO-9001",
    "stated_at": "2026-03-02T14:00:00Z",
    "customer_ref": "GLOBEX",
    "stops": [
        {
            "purpose": purpose,
            "place": {"name": city, "street": "1 Main St", "city": city, "region": region}
            | {"postal_code": "75201", "zone": "America/Chicago"},
            "earliest_at": "2026-03-04T14:00:00Z",
            "latest_at": "2026-03-06T14:00:00Z",
        }
        for purpose, city, region in (("pickup", "Dallas", "TX"), ("delivery", "Chicago", "IL"))
    ],
    "goods": [{"sku": "P-7", "pieces": 10}],
}
PAGES = ["/", "/shipments/S-SO-9001", "/orders/SO-9001", "/shipments", "/messages", "/deliveries"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
def test_every_page_stands_by_itself(doors, chromium, scheme, width):
    assert doors.post("/v1/orders", ORDER).status_code == 202
    context = chromium.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, java_script_enabled=True
    )
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(doors.address + login_path("Ann", Role.ADMIN, doors.settings))

    for path in PAGES:
        page.goto(doors.address + path)
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

    context.close()
    assert complaints == []
    assert {url.startswith(doors.address) for url in asked} == {True}


def test_a_session_is_no_business_of_a_script(doors, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(doors.address + login_path("Ann", Role.ADMIN, doors.settings))

    assert page.evaluate("document.cookie") == ""
    assert "drawbar_session" in {cookie["name"] for cookie in context.cookies()}
    context.close()
