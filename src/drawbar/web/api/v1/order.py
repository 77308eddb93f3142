"""An order as version 1 of the API says it: the whole revision, stops in driving order."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.instant import utc, zone
from drawbar.freight.ltl import freight_class
from drawbar.freight.order import Goods, Order, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.web.api.v1.term import AmountV1, ReferenceV1, references_of
from drawbar.web.api.v1.text import Line, Moment, Name, Prose, QuantityText, refuse_absurd

Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)", description="ISO 3166 alpha-2 code")]
ClassText = Annotated[
    str, Meta(max_length=8, examples=["92.5"], description="An NMFC class, 50 to 500")
]
OrderNumber = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[!-.0-~]+$(?!\n)")]


class PlaceV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address. ``zone`` is the IANA name of the zone that its clocks show.

    ``marks`` are what makes serving it cost more, such as "residential".
    """

    name: Name
    street: Line = ""
    city: Line = ""
    region: Line = ""
    postal_code: Line = ""
    country: Country = "US"
    zone: Annotated[str, Meta(max_length=60, examples=["America/Chicago"])]
    marks: Annotated[tuple[Line, ...], Meta(max_length=10, examples=[["residential"]])] = ()

    def __post_init__(self) -> None:
        """Raise ``UnknownZone``."""
        zone(self.zone)

    def place(self) -> Place:
        """Return it in our words."""
        return Place(
            name=self.name,
            street=self.street,
            city=self.city,
            region=self.region,
            postal_code=self.postal_code,
            country=self.country,
            zone=self.zone,
            marks=self.marks,
        )


class StopV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stop with its window ``[earliest_at, latest_at]``."""

    purpose: StopPurpose
    place: PlaceV1
    earliest_at: Moment
    latest_at: Moment
    appointment_at: Moment | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a window that no truck can keep."""
        refuse_absurd(self.earliest_at, self.latest_at, self.appointment_at)
        if self.latest_at < self.earliest_at:
            raise ValueError("latest_at is before earliest_at")

    def stop(self, number: int) -> Stop:
        """Return it in our words."""
        return Stop(
            number=number,
            purpose=self.purpose,
            place=self.place.place(),
            earliest_at=utc(self.earliest_at),
            latest_at=utc(self.latest_at),
            appointment_at=utc(self.appointment_at) if self.appointment_at else None,
        )


class GoodsV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of goods; ``pieces`` are handling units, ``unit_value`` the worth of one.

    ``weight_lb`` is that of the whole line; length, width and height are those of one piece.
    """

    sku: Name
    description: Line = ""
    pieces: Annotated[int, Meta(ge=1, le=1_000_000)]
    weight_lb: QuantityText = "0"
    unit_value: AmountV1 | None = None
    freight_class: ClassText = ""
    length_in: QuantityText | None = None
    width_in: QuantityText | None = None
    height_in: QuantityText | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a class that does not exist, or a side of no length."""
        if self.freight_class:
            freight_class(self.freight_class)
        for side in ("length_in", "width_in", "height_in"):
            told = getattr(self, side)
            if told is not None and not Decimal(told):
                raise ValueError(f"{side} is zero; leave it out where it is not known")

    def goods(self) -> Goods:
        """Return it in our words."""
        return Goods(
            sku=self.sku,
            description=self.description,
            pieces=self.pieces,
            weight_lb=Decimal(self.weight_lb),
            unit_value=self.unit_value.money() if self.unit_value else None,
            freight_class=f"{freight_class(self.freight_class):f}" if self.freight_class else "",
            length_in=_inches(self.length_in),
            width_in=_inches(self.width_in),
            height_in=_inches(self.height_in),
        )


def _inches(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)


class OrderV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One whole revision of an order. ``stated_at`` is when the sender decided it.

    One revision is said in one way: the same number with other content is refused.
    """

    order_ref: OrderNumber
    revision: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    stated_at: Moment
    customer_ref: Name
    references: Annotated[tuple[ReferenceV1, ...], Meta(max_length=20)] = ()
    stops: Annotated[tuple[StopV1, ...], Meta(min_length=2, max_length=30)]
    goods: Annotated[tuple[GoodsV1, ...], Meta(min_length=1, max_length=500)]
    equipment: Name = "dry van"
    service: Name = "standard"
    handling: Line = ""
    note: Prose = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an order that no truck could drive."""
        refuse_absurd(self.stated_at)
        self.order()

    def order(self) -> Order:
        """Return it in our words, its stops numbered from 1."""
        return Order(
            order_ref=self.order_ref,
            revision=self.revision,
            customer_ref=self.customer_ref,
            references=references_of(self.references, party=""),
            stops=tuple(stop.stop(number) for number, stop in enumerate(self.stops, start=1)),
            goods=tuple(line.goods() for line in self.goods),
            equipment=self.equipment,
            service=self.service,
            handling=self.handling,
            note=self.note,
        )
