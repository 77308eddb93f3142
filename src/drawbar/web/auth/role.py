"""Roles: what kind of work somebody does, and which doors that opens.

A role has the scopes that are written here and no others; a route asks for one scope.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """Who is asking. Stored."""

    DISPATCHER = "dispatcher"
    FINANCE = "finance"
    INTEGRATION = "integration"
    CARRIER = "carrier"
    CUSTOMER_SERVICE = "customer-service"
    ADMIN = "admin"


class Scope(StrEnum):
    """One thing that can be allowed."""

    ORDER_WRITE = "order:write"
    MILESTONE_REPORT = "milestone:report"
    POD_SUBMIT = "pod:submit"
    FREIGHT_BILL_SUBMIT = "freight-bill:submit"
    FREIGHT_CERTIFY = "freight:certify"
    EVIDENCE_FILE = "evidence:file"
    INDEX_PUBLISH = "index:publish"
    TENDER_ANSWER = "tender:answer"
    DISPATCH_CONFIRM = "dispatch:confirm"
    LOAD_DISPATCH = "load:dispatch"
    CHARGE_APPROVE = "charge:approve"
    DISPUTE_CLOSE = "dispute:close"
    DISPUTE_READ = "dispute:read"
    DISPUTE_ANSWER = "dispute:answer"
    CLAIM_READ = "claim:read"
    CLAIM_OPEN = "claim:open"
    CLAIM_WORK = "claim:work"
    BILL_DECIDE = "bill:decide"
    PAYMENT_REPORT = "payment:report"
    PAYMENT_PROPOSE = "payment:propose"
    PAYMENT_APPROVE = "payment:approve"
    PAYMENT_RELEASE = "payment:release"
    PAYEE_CHANGE = "payee:change"
    PERIOD_CLOSE = "period:close"
    PERIOD_REOPEN = "period:reopen"
    INVOICE_RELEASE = "invoice:release"
    INVOICE_CREDIT = "invoice:credit"
    INVOICE_CONTEST = "invoice:contest"
    PAPER_FILE = "paper:file"
    CASE_WORK = "case:work"
    CODE_MAP = "code:map"
    LANE_HOLD = "lane:hold"
    DELIVERY_RESOLVE = "delivery:resolve"
    MESSAGE_EDIT = "message:edit"
    EDI_POST = "edi:post"
    SHIPMENT_READ = "shipment:read"
    MONEY_READ = "money:read"
    STORY_READ = "story:read"
    MESSAGE_READ = "message:read"
    CASE_READ = "case:read"
    RECONCILIATION_READ = "reconciliation:read"


_ROAD = {
    Scope.MILESTONE_REPORT,
    Scope.POD_SUBMIT,
    Scope.FREIGHT_CERTIFY,
    Scope.EVIDENCE_FILE,
    Scope.TENDER_ANSWER,
    Scope.DISPATCH_CONFIRM,
    Scope.SHIPMENT_READ,
    Scope.MESSAGE_READ,
}
_OFFICE = {
    Scope.SHIPMENT_READ,
    Scope.STORY_READ,
    Scope.CASE_READ,
    Scope.CASE_WORK,
    Scope.MESSAGE_READ,
}
_MONEY = {
    Scope.MONEY_READ,
    Scope.RECONCILIATION_READ,
    Scope.DISPUTE_READ,
    Scope.CLAIM_READ,
}
_CONTEST = {Scope.DISPUTE_READ, Scope.DISPUTE_ANSWER, Scope.CLAIM_READ, Scope.CLAIM_WORK}

SCOPES: Mapping[Role, frozenset[Scope]] = {
    Role.DISPATCHER: frozenset(
        {Scope.ORDER_WRITE, Scope.LOAD_DISPATCH, Scope.PAPER_FILE, *_ROAD, *_OFFICE, *_MONEY}
    ),
    Role.FINANCE: frozenset(
        {
            Scope.FREIGHT_BILL_SUBMIT,
            Scope.FREIGHT_CERTIFY,
            Scope.EVIDENCE_FILE,
            Scope.INDEX_PUBLISH,
            Scope.CHARGE_APPROVE,
            Scope.INVOICE_RELEASE,
            Scope.INVOICE_CREDIT,
            Scope.INVOICE_CONTEST,
            Scope.PAPER_FILE,
            Scope.DISPUTE_CLOSE,
            Scope.CLAIM_OPEN,
            *_CONTEST,
            Scope.BILL_DECIDE,
            Scope.PAYMENT_REPORT,
            Scope.PAYMENT_PROPOSE,
            Scope.PAYMENT_APPROVE,
            Scope.PAYMENT_RELEASE,
            Scope.PAYEE_CHANGE,
            Scope.PERIOD_CLOSE,
            *_OFFICE,
            *_MONEY,
        }
    ),
    Role.INTEGRATION: frozenset(
        {
            Scope.ORDER_WRITE,
            Scope.FREIGHT_BILL_SUBMIT,
            Scope.PAYMENT_REPORT,
            Scope.INDEX_PUBLISH,
            Scope.CODE_MAP,
            Scope.LANE_HOLD,
            Scope.DELIVERY_RESOLVE,
            Scope.MESSAGE_EDIT,
            Scope.EDI_POST,
            *_ROAD,
            *_OFFICE,
            *_MONEY,
        }
    ),
    Role.CARRIER: frozenset({Scope.FREIGHT_BILL_SUBMIT, Scope.EDI_POST, *_ROAD, *_CONTEST}),
    Role.CUSTOMER_SERVICE: frozenset({Scope.SHIPMENT_READ, Scope.CASE_READ}),
    Role.ADMIN: frozenset(Scope),
}
