"""A rate contract on a page: the clauses that charges point at, in the version that they used."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from drawbar.records.company import contract_versions
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.contract import changed_since
from drawbar.web.desks.contract_clauses import beyond_said, fuel_said, ltl_said
from drawbar.web.desks.contract_lanes import distances_said, lanes_said
from drawbar.web.desks.rendering import render
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown

_Version = Annotated[int, QueryParameter(ge=0, le=1_000_000)]


@get("/contracts/{contract_ref:str}", **page(Scope.MONEY_READ))
def contract_page(
    contract_ref: NamePath, reads: GivenReads, settings: GivenSettings, version: _Version = 0
) -> Response[Any]:
    """Show one version of a contract, the newest unless one is named."""
    ref, as_data = split(contract_ref)
    versions = [one for one in settings.company.contracts if one.contract_ref == ref]
    versions.sort(key=lambda one: one.version)
    wanted = [one for one in versions if version in {0, one.version}]
    if not wanted:
        raise unknown("contract")
    shown = wanted[-1]
    if as_data:
        return Response(shown)
    with reads.connection() as connection, connection.cursor() as cursor:
        applied = contract_versions(cursor, ref)
        changed = changed_since(cursor, applied, shown.version)
    return render(
        "contract.html",
        contract=shown,
        versions=versions,
        applied=[one for one in applied if one.version == shown.version],
        changed=changed,
        home_zone=settings.company.zone,
        lanes=lanes_said(shown),
        distances=distances_said(shown),
        ltl=ltl_said(shown),
        fuel=fuel_said(shown),
        beyond=beyond_said(shown),
    )
