"""Which reader reads which kept message of the API, by its channel.

A channel's name is stored with every message; a reader must read what it ever read.
"""

from collections.abc import Callable, Mapping

from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.web.api.v1 import (
    bill_decisions,
    billing,
    by_hand,
    certificates,
    claims,
    disputes,
    evidence,
    finance,
    freight_bills,
    indices,
    invoices,
    invoices_corrected,
    milestones,
    order_decisions,
    orders,
    payees,
    payment_readings,
    periods,
    pods,
    tender_answers,
)

Reader = Callable[[bytes, Receipt], Reading]

READERS: Mapping[str, Reader] = {
    "api:release-order": orders.read_release,
    "api:change-order": orders.read_change,
    "api:cancel-order": orders.read_cancellation,
    "api:report-milestones": milestones.read_milestones,
    "api:submit-pod": pods.read_pod,
    "api:certify-freight": certificates.read_certificate,
    "api:file-evidence": evidence.read_evidence,
    "api:publish-prices": indices.read_prices,
    "api:publish-rates": indices.read_rates,
    "api:submit-freight-bills": freight_bills.read_freight_bills,
    "api:answer-tender": tender_answers.read_answer,
    "api:confirm-dispatch": tender_answers.read_confirmation,
    "api:refuse-change": order_decisions.read_refusal,
    **by_hand.HAND_READERS,
    "api:approve-charge": finance.read_approval,
    "api:close-dispute": finance.read_closing,
    "api:answer-dispute": disputes.read_answer,
    "api:settle-dispute": disputes.read_settlement,
    "api:open-claim": claims.read_opening,
    "api:step-claim": claims.read_step,
    "api:decide-bill": bill_decisions.read_decision,
    "api:assign-bill": bill_decisions.read_assignment,
    "api:report-payment": finance.read_payment,
    **payment_readings.PAYMENT_READERS,
    "api:change-payee": payees.read_change,
    "api:answer-payee-change": payees.read_word,
    "api:close-period": periods.read_closing,
    "api:reopen-period": periods.read_reopening,
    "api:release-invoices": invoices.read_release,
    "api:credit-invoice": invoices_corrected.read_credit,
    "api:contest-invoice": invoices_corrected.read_contest,
    "api:refuse-contest": invoices_corrected.read_contest_refusal,
    "api:file-paper": billing.read_paper,
}
