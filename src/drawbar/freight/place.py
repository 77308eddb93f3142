"""Places: where freight is picked up and delivered, with the zone its clocks show."""

from msgspec import Struct

from drawbar.freight.instant import zone


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address. ``zone`` is an IANA name; ``region`` is a state or province code.

    ``marks`` are what makes serving it cost more, such as "residential" or "limited access".
    """

    name: str
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = "US"
    zone: str
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ``UnknownZone`` for a zone that does not exist."""
        zone(self.zone)

    @property
    def label(self) -> str:
        """Return the place as a dispatcher says it: "Dallas, TX"."""
        return ", ".join(part for part in (self.city, self.region) if part) or self.name


def missing_parts(place: Place) -> tuple[str, ...]:
    """Return the names of the address fields that a carrier needs and this place lacks."""
    needed = ("name", "street", "city", "region", "postal_code", "country")
    return tuple(field for field in needed if not getattr(place, field).strip())
