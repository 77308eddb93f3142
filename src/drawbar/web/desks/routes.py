"""Every page of the desks."""

from drawbar.web.desks.as_known import as_known_page
from drawbar.web.desks.bill import bill
from drawbar.web.desks.bill_packet import bill_packet
from drawbar.web.desks.boards import board_routes
from drawbar.web.desks.candidate import candidate_routes
from drawbar.web.desks.case import case_routes
from drawbar.web.desks.case_group import case_group_routes
from drawbar.web.desks.claim import CLAIM_PAGES
from drawbar.web.desks.code_map import code_map_routes
from drawbar.web.desks.contract import terms_routes
from drawbar.web.desks.delivery import delivery_routes
from drawbar.web.desks.dispatch_actions import DISPATCH_ACTIONS
from drawbar.web.desks.dispute import DISPUTE_PAGES
from drawbar.web.desks.evidence_action import EVIDENCE_ACTIONS
from drawbar.web.desks.exposure import exposure_routes
from drawbar.web.desks.figure_page import figure_page
from drawbar.web.desks.finance_actions import FINANCE_ACTIONS
from drawbar.web.desks.home import home_routes
from drawbar.web.desks.invoice import INVOICE_PAGES
from drawbar.web.desks.invoice_actions import INVOICE_ACTIONS
from drawbar.web.desks.kpi_page import kpi_routes
from drawbar.web.desks.lanes import lane_routes
from drawbar.web.desks.live import live
from drawbar.web.desks.message_actions import message_routes
from drawbar.web.desks.messages import kept_fact, message, raw_message
from drawbar.web.desks.new_order import ORDER_PAGES
from drawbar.web.desks.order import order
from drawbar.web.desks.payment import payment_routes
from drawbar.web.desks.period import period_routes
from drawbar.web.desks.road_actions import ROAD_ACTIONS
from drawbar.web.desks.search import search
from drawbar.web.desks.shipment import shipment
from drawbar.web.desks.static_files import static_file
from drawbar.web.desks.waits import wait_routes
from drawbar.web.desks.why_contract import contract_page

DESKS = (
    *home_routes(),
    *board_routes(),
    *wait_routes(),
    figure_page,
    *kpi_routes(),
    contract_page,
    as_known_page,
    *terms_routes(),
    *candidate_routes(),
    shipment,
    order,
    bill,
    bill_packet,
    message,
    raw_message,
    kept_fact,
    search,
    static_file,
    live,
    *FINANCE_ACTIONS,
    *EVIDENCE_ACTIONS,
    *exposure_routes(),
    *payment_routes(),
    *period_routes(),
    *INVOICE_PAGES,
    *INVOICE_ACTIONS,
    *DISPUTE_PAGES,
    *CLAIM_PAGES,
    *code_map_routes(),
    *lane_routes(),
    *case_routes(),
    *case_group_routes(),
    *delivery_routes(),
    *message_routes(),
    *DISPATCH_ACTIONS,
    *ROAD_ACTIONS,
    *ORDER_PAGES,
)
