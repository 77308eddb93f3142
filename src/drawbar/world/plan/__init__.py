"""The plan of a run of the world: which orders come, who takes them, what happens, what is said.

Pure and seeded: the same question gets the same answer, byte for byte.
"""

from drawbar.world.plan.driving import behaviour_of, drive
from drawbar.world.plan.folder import company_files, parties_of, stock_of
from drawbar.world.plan.kind import Incident, Kind
from drawbar.world.plan.other_kinds import CATALOGUE, entry_of
from drawbar.world.plan.passing import visitor
from drawbar.world.plan.seal import plan_of, seal_of
from drawbar.world.plan.shape import (
    VERSION,
    Acceptance,
    Asked,
    Drive,
    Json,
    OrderPlan,
    Plan,
    Revision,
    Saying,
    Staged,
)
from drawbar.world.plan.staged import staged

__all__ = [
    "CATALOGUE",
    "VERSION",
    "Acceptance",
    "Asked",
    "Drive",
    "Incident",
    "Json",
    "Kind",
    "OrderPlan",
    "Plan",
    "Revision",
    "Saying",
    "Staged",
    "behaviour_of",
    "company_files",
    "drive",
    "entry_of",
    "parties_of",
    "plan_of",
    "seal_of",
    "staged",
    "stock_of",
    "visitor",
]
