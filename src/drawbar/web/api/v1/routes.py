"""Every route of version 1, and every shape that its bodies and answers are made of."""

from drawbar.web.api.v1 import (
    bill_decisions,
    by_hand,
    cases,
    finance,
    freight_bills,
    messages,
    milestones,
    order_decisions,
    orders,
    pods,
    reconciliation,
    shipments,
    tender_answers,
    trace,
)
from drawbar.web.api.v1.freight_bill import FreightBillsV1
from drawbar.web.api.v1.inbound import TakenV1
from drawbar.web.api.v1.order import OrderV1
from drawbar.web.api.v1.shipment import ShipmentV1

API = (
    orders.release_order,
    orders.change_order,
    orders.cancel_order,
    milestones.report_milestones,
    pods.submit_pod,
    freight_bills.submit_freight_bills,
    tender_answers.answer_tender,
    tender_answers.confirm_dispatch,
    *by_hand.HAND_ROUTES,
    order_decisions.refuse_change,
    order_decisions.read_cancellation_cost,
    finance.approve_charge,
    finance.close_dispute,
    finance.report_payment,
    bill_decisions.decide_bill,
    bill_decisions.assign_bill,
    shipments.list_shipments,
    shipments.read_shipment,
    reconciliation.reconcile,
    trace.trace,
    messages.read_message,
    messages.read_raw,
    cases.list_cases,
)

SHAPES: tuple[type, ...] = (
    OrderV1,
    orders.CancellationV1,
    milestones.MilestonesV1,
    pods.PodV1,
    FreightBillsV1,
    tender_answers.TenderAnswerV1,
    tender_answers.DispatchConfirmationV1,
    *by_hand.HAND_SHAPES,
    order_decisions.ChangeRefusalV1,
    order_decisions.CancellationCostV1,
    finance.ChargeApprovalV1,
    finance.DisputeClosingV1,
    finance.CustomerPaymentV1,
    bill_decisions.BillDecisionV1,
    bill_decisions.BillAssignmentV1,
    TakenV1,
    shipments.ShipmentsV1,
    ShipmentV1,
    reconciliation.ReconciliationV1,
    trace.TraceV1,
    messages.MessageV1,
    cases.CasesV1,
)
