"""What is filed on a shipment's page: a receipt, an attempt, a statement of days or hours."""

from drawbar.freight.accessorial import Evidence
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.evidence import EvidenceV1, refuse_unfit
from drawbar.web.api.v1.term import ReferenceV1
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of


def file_evidence(acting: Acting) -> Done:
    """File a paper that a charge hangs on; bills that waited for it are judged again."""
    ref, form = acting.path["shipment_ref"], acting.form
    said: dict[str, object] = {
        "shipment_ref": ref,
        "evidence": form.needed("evidence", "what is filed"),
        "charge": form.needed("kind", "the charge"),
        "stop": form.number("stop") if form.text("stop") else 0,
        "count": form.text("count") or "1",
        "reason": form.reason(),
    }
    if form.text("amount"):
        money = form.money("amount", acting.settings.company.currency, "the amount")
        said["money"] = {"amount": f"{money.amount:f}", "currency": money.currency}
    told = body_of(EvidenceV1, said)
    inbound = acting.inbound(told)
    inbound.speak_for_shipments((ReferenceV1(kind=ReferenceKind.SHIPMENT, value=ref),))
    refuse_unfit(told, inbound.must_know(StreamKind.SHIPMENT, ref))
    inbound.take("file-evidence")
    what = told.charge.value.replace("_", " ")
    says = f"{told.evidence.value.capitalize()} for {what} is on file of {ref}."
    return Done(says=says, back=f"/shipments/{ref}")


def kinds_of_evidence() -> tuple[tuple[str, str], ...]:
    """Return what can be filed, as a form offers it; an approval has a form of its own."""
    words = {Evidence.EVENTS: "statement of days or hours"}
    offered = (one for one in Evidence if one is not Evidence.APPROVAL)
    return tuple((one.value, words.get(one, one.value)) for one in offered)


EVIDENCE_ACTIONS = (
    action(
        "/shipments/{shipment_ref:str}/file-evidence",
        Scope.EVIDENCE_FILE,
        file_evidence,
        verb="file-evidence",
        back="/shipments",
    ),
)
"""The form that files a paper."""
