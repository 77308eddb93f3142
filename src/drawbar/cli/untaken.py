"""What the firm's decisions send to a system that does not take it: known before the first one.

A delivery that nobody takes becomes a case; here the same is said while nothing has happened yet.
"""

from collections.abc import Iterator, Mapping

from drawbar.connectors.port import Connector
from drawbar.flow.company import Company

CARRIER = frozenset({"TenderLoad", "RefuseBill", "TellCarrier"})
ERP = frozenset({"PostJournal", "PostVoucher", "PostInvoice"})
WMS = frozenset({"ReserveStock", "ReleaseStock"})


def untaken(company: Company, systems: Mapping[str, Connector]) -> Iterator[str]:
    """Yield a sentence for each party with whom something could not be delivered."""
    for party, system, kinds in _addressed(company):
        connector = systems.get(system)
        lacking = kinds - connector.capabilities().kinds if connector else kinds
        if lacking:
            where = system if connector else f"{system or 'its system'}, which is not in systems/,"
            yield f"{where} takes no {' and no '.join(sorted(lacking))} for {party}"


def _addressed(company: Company) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield whom the flow writes to, by which system, and what it may say."""
    for carrier in company.carriers.values():
        if carrier.active:
            yield carrier.carrier_ref, carrier.system, CARRIER
    if company.policy.erp:
        yield "the books", company.policy.erp, ERP
    if company.policy.wms:
        yield "the warehouse", company.policy.wms, WMS
