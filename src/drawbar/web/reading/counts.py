"""How much there is of everything, where it stands, and what waits for whom."""

from drawbar.records.desk.counts import (
    BillCount,
    LaneCount,
    OwnerCount,
    StatusCount,
    WaitCount,
    bills_by_status,
    by_status,
    cases_by_owner,
    deadlines,
    deliveries_open,
    parked,
)

__all__ = [
    "BillCount",
    "LaneCount",
    "OwnerCount",
    "StatusCount",
    "WaitCount",
    "bills_by_status",
    "by_status",
    "cases_by_owner",
    "deadlines",
    "deliveries_open",
    "parked",
]
