"""The five carriers: how each prices, answers, numbers its loads and tells what happens.

All figures are assumptions within the published ranges that docs/world.md names.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from drawbar.world.plan.agreement import Detention, Tonu
from drawbar.world.plan.diesel import Band

Pricing = Literal["flat by city", "miles by city", "miles by state"]
Channel = Literal["x12", "api", "portal"]


class Habit(Struct, frozen=True, kw_only=True):
    """One carrier. Cents, minutes, tenths of a percent; ``rejects`` is per thousand offers.

    ``cents_per_mile`` is its price level, ``raised`` by how many percent its old rates were above.
    ``answers`` are the minutes after which it answers, least and most.
    """

    ref: str
    name: str
    system: str
    channel: Channel
    region: str
    band: Band
    old_band: Band
    pricing: Pricing
    cents_per_mile: int
    minimum: int
    raised: int
    detention: Detention
    tonu: Tonu
    extras: Mapping[str, int]
    payment_days: int
    rejects: int
    answers: tuple[int, int]
    response_minutes: int
    pro: str
    pro_step: int
    suffixes: tuple[str, ...] = ()
    drops_zeros: bool = False
    has_telematics: bool = False
    says_left: bool = False
    names_zone: bool = False

    def pro_of(self, serial: int) -> str:
        """Return its own number of the load of an order: never the same for two orders."""
        number = f"{(serial * self.pro_step) % 10_000_000:07d}"
        return self.pro.replace("#######", number).replace("###-####", f"{number[:3]}-{number[3:]}")


EXTRAS = ("lumper", "liftgate", "layover", "redelivery", "reconsignment", "residential", "storage")
"""Flat accessorials that every carrier grants only where somebody approved them."""


def _extras(*dollars: int) -> Mapping[str, int]:
    """Return the stop-off's and the others' amounts in cents."""
    return {kind: one * 100 for kind, one in zip(("stop_off", *EXTRAS), dollars, strict=True)}


_ABCD = Habit(
    ref="ABCD", name="Able Bodied Carriers", system="abcd", channel="x12", region="gulf",
    band=Band(base=2300, step=50, tenths=10), old_band=Band(base=2050, step=50, tenths=10),
    pricing="flat by city", cents_per_mile=198, minimum=70_000, raised=7,
    detention=Detention(clause="3.1 Detention", free=120, increment=15, cents=1875, cap=30_000,
                        grace=30),
    tonu=Tonu(clause="3.2 Truck ordered, not used", cents=25_000, hours=4),
    extras=_extras(95, 150, 75, 300, 175, 150, 90, 120), payment_days=14,
    rejects=70, answers=(4, 35), response_minutes=60,
    pro="#######", pro_step=7919, suffixes=("-01", "-02"), drops_zeros=True,
)  # fmt: skip
_BLFT = Habit(
    ref="BLFT", name="Bluffton Transport", system="bluffton", channel="x12", region="east",
    band=Band(base=2500, step=60, tenths=13), old_band=Band(base=2200, step=60, tenths=13),
    pricing="miles by city", cents_per_mile=207, minimum=82_500, raised=8,
    detention=Detention(clause="D1 Detention", free=120, increment=30, cents=3500, cap=42_000,
                        grace=15),
    tonu=Tonu(clause="D4 Truck ordered, not used", cents=22_500, hours=3),
    extras=_extras(85, 165, 80, 275, 160, 140, 85, 110), payment_days=21,
    rejects=120, answers=(6, 45), response_minutes=60,
    pro="BL-#######", pro_step=6967, suffixes=("-A", "-B"), has_telematics=True, says_left=True,
    names_zone=True,
)  # fmt: skip
_CDRV = Habit(
    ref="CDRV", name="Cedar River Lines", system="cedar", channel="x12", region="midwest",
    band=Band(base=2400, step=50, tenths=11), old_band=Band(base=2150, step=50, tenths=11),
    pricing="miles by city", cents_per_mile=192, minimum=78_000, raised=9,
    detention=Detention(clause="4.2 Detention", free=60, increment=60, cents=6000, cap=36_000,
                        grace=60),
    tonu=Tonu(clause="4.7 Truck ordered, not used", cents=30_000, hours=6),
    extras=_extras(100, 140, 95, 325, 190, 175, 100, 95), payment_days=10,
    rejects=160, answers=(10, 60), response_minutes=75,
    pro="00#######", pro_step=7451, drops_zeros=True,
)  # fmt: skip
_NRTH = Habit(
    ref="NRTH", name="Northlake Freight", system="northlake", channel="api", region="midwest",
    band=Band(base=2350, step=40, tenths=8), old_band=Band(base=2100, step=40, tenths=8),
    pricing="miles by state", cents_per_mile=203, minimum=90_000, raised=7,
    detention=Detention(clause="D Detention", free=120, increment=15, cents=2000, cap=40_000,
                        grace=30),
    tonu=Tonu(clause="E Truck ordered, not used", cents=20_000, hours=6),
    extras=_extras(110, 155, 70, 290, 180, 160, 95, 105), payment_days=21,
    rejects=45, answers=(1, 12), response_minutes=45,
    pro="N#######", pro_step=8123, has_telematics=True, says_left=True,
)  # fmt: skip
_PRHL = Habit(
    ref="PRHL", name="Prairie Haul", system="prairie", channel="portal", region="west",
    band=Band(base=2900, step=60, tenths=12), old_band=Band(base=2600, step=60, tenths=12),
    pricing="flat by city", cents_per_mile=189, minimum=75_000, raised=8,
    detention=Detention(clause="11 Waiting time", free=180, increment=30, cents=4000, cap=None,
                        grace=45),
    tonu=Tonu(clause="14 Dry run", cents=27_500, hours=4),
    extras=_extras(75, 130, 65, 250, 150, 130, 80, 90), payment_days=7,
    rejects=190, answers=(15, 80), response_minutes=120,
    pro="###-####", pro_step=7127, suffixes=("/1", "/2"), has_telematics=True, says_left=True,
)  # fmt: skip

CARRIERS: Mapping[str, Habit] = {one.ref: one for one in (_ABCD, _BLFT, _CDRV, _NRTH, _PRHL)}
"""By the carrier's reference."""
