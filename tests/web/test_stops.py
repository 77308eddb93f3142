"""The stops of a shipment: what each source says stands at the clock of its stop."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from drawbar.freight.milestone import MilestoneKind
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, milestone, released
from tests.web.desk import seated

pytestmark = pytest.mark.system


def test_a_clock_on_the_wall_is_read_in_the_zone_of_its_stop(doors):
    arrived = milestone(MilestoneKind.ARRIVED_PICKUP, -30)
    wall = datetime(2026, 3, 10, 9, 15, tzinfo=UTC)
    reported = structs.replace(
        arrived,
        stop=1,
        local_at=wall.replace(tzinfo=None),
        happened_at=wall,
        learned_at=wall.replace(hour=20),
    )
    doors.engine.learn([released(), answered("S-1001-V1T1"), reported])
    doors.work()

    with seated(doors, "Dee", Role.DISPATCHER) as dee:
        page = dee.page("/shipments/S-1001")

    stops = page.split('id="stops"')[1].split("</section>")[0]
    assert "Tue 10 Mar 09:15" in stops
