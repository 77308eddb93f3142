"""What payments, advices and warehouse messages state beside freight's own details."""

from msgspec import Struct

from drawbar.edi.detail import Contact, Moment, Reference
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class Person(Struct, frozen=True, kw_only=True):
    """A person or organization by its parts of a name. ``kind``: 1 person, 2 organization."""

    role: str
    kind: str = ""
    name: str = ""
    first_name: str = ""
    middle_name: str = ""
    prefix: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    moments: tuple[Moment, ...] = ()
    at: Places = {}


class StatedAmount(Struct, frozen=True, kw_only=True):
    """A sum of money that is told beside the message's own, in its currency."""

    qualifier: str
    amount: Amount | None = None
    at: Places = {}


class StatedQuantity(Struct, frozen=True, kw_only=True):
    """A count or measure. ``unit`` as written."""

    qualifier: str
    quantity: Amount | None = None
    unit: str = ""
    at: Places = {}


class Mark(Struct, frozen=True, kw_only=True):
    """A number on a package, such as that of its label. ``last`` ends a range."""

    qualifier: str
    value: str
    last: str = ""
    at: Places = {}
