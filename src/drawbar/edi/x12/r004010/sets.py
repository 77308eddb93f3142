"""Our sets: which segments and loops, in which order, how often.

Source: X12 transaction sets, release 004010, restated by family in the modules beside this one.
"""

from drawbar.edi.x12.r004010.advice_sets import ACKNOWLEDGEMENT, ADVICE, IMPLEMENTATION_RECEIPT
from drawbar.edi.x12.r004010.lading_sets import (
    AIR_INVOICE,
    BILL_OF_LADING,
    GOVERNMENT_LADING,
    RAIL_LADING,
)
from drawbar.edi.x12.r004010.motor_sets import (
    FREIGHT_INVOICE,
    LOAD_TENDER,
    SHIPMENT_STATUS,
    TENDER_ANSWER,
)
from drawbar.edi.x12.r004010.ocean_sets import BOOKING, OCEAN_INVOICE, OCEAN_STATUS
from drawbar.edi.x12.r004010.order_sets import FORECAST, ORDER, ORDER_ANSWER
from drawbar.edi.x12.r004010.payment_sets import INVOICE, REMITTANCE
from drawbar.edi.x12.r004010.ship_notice_sets import SHIP_NOTICE
from drawbar.edi.x12.r004010.warehouse_sets import WAREHOUSE_ORDER, WAREHOUSE_SHIPMENT

SETS = {
    item.code: item
    for item in (
        LOAD_TENDER,
        TENDER_ANSWER,
        SHIPMENT_STATUS,
        FREIGHT_INVOICE,
        ACKNOWLEDGEMENT,
        IMPLEMENTATION_RECEIPT,
        ADVICE,
        REMITTANCE,
        INVOICE,
        WAREHOUSE_ORDER,
        WAREHOUSE_SHIPMENT,
        ORDER,
        ORDER_ANSWER,
        FORECAST,
        SHIP_NOTICE,
        BILL_OF_LADING,
        GOVERNMENT_LADING,
        RAIL_LADING,
        AIR_INVOICE,
        BOOKING,
        OCEAN_INVOICE,
        OCEAN_STATUS,
    )
}
"""Set code -> definition."""
