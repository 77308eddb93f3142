"""A fact: something that happened, who said so, and when we learned of it.

Facts are never edited; a correction is another fact that names the one it corrects.
"""

from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.instant import Instant
from drawbar.freight.lineage import Lineage

FactKey = Annotated[
    str, Meta(min_length=1, max_length=200, description="Says the same thing twice: same key")
]


class Fact(
    Struct, frozen=True, kw_only=True, tag=True, tag_field="fact", forbid_unknown_fields=True
):
    """What every fact says. The class name is the stored name of the fact.

    ``key`` makes it unique: the same fact sent again has the same key and is applied once.
    """

    key: FactKey
    happened_at: Instant
    learned_at: Instant
    lineage: Lineage
