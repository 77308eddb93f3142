"""The segments of our sets: which elements, in which order, and which depend on each other.

Source: X12 segment directory, release 004010, restated. ``!`` is mandatory, ``any`` an element that
we keep and do not check; after the bar stand the rules between elements (``definition.Rule``).
"""

from drawbar.edi.x12.definition import read_segments
from drawbar.edi.x12.r004010.business_segments import BUSINESS_SEGMENT_TABLE
from drawbar.edi.x12.r004010.elements import ELEMENTS
from drawbar.edi.x12.r004010.open_segments import OPEN_SEGMENT_TABLE

FREIGHT_SEGMENT_TABLE = """
ST  set_code! set_control!
SE  segment_count! set_control!
AK1 group_code! group_control!
AK2 set_code! set_control!
AK3 segment_tag! segment_position! loop segment_error
AK4 element_place! element_number element_error! bad_data
AK5 set_verdict! set_error*5
AK9 group_verdict! included_sets! received_sets! accepted_sets! group_error*5
IK3 segment_tag! segment_position! loop segment_error
IK4 element_place! element_number element_error! bad_data
IK5 set_verdict! set_error*5
AT5 handling special_service handling_text
AT7 status reason appointment appointment_reason date time zone \\
    | R0103 E0103 P0102 P0304 C0605 C0706
AT8 weight_kind weight_unit weight pieces pieces volume_unit volume | P010203 P0607
B1  scac shipment! date action yes_no any
B2  tariff_service scac point shipment weight_unit payer! shipment_kind equipment_count any*2 \\
    transport_terms payment_code
B2A set_purpose! application
B3  any invoice! shipment payer! weight_unit date! net_amount! bill_correction delivery_date \\
    date_kind scac! date tariff_service transport_terms
B10 reference shipment scac! inquiry reference_kind reference yes_no | R0105 P0506
C2  any*7
C3  currency! exchange_rate currency currency
CD3 weight_kind weight zone_of_rate any*12 | P0102
EFC any*9
G61 contact_function! name! contact_kind contact_number contact_reference | P0304
G62 date_qualifier date time_qualifier time zone | R0103 P0102 P0304
H1  any*9
H2  any*6
H3  handling handling_text any*3
ITD terms terms_basis discount_percent discount_due discount_days net_due net_days \\
    discount_amount date any*2 description any*3
K1  remark! remark
L0  lading_line billed_quantity billed_unit weight weight_kind volume volume_unit pieces \\
    packaging_form any weight_unit two_letters quantity packaging_form yes_no \\
    | P0203 P0405 P0607 P0809
L1  lading_line rate rate_kind charge advance prepaid rating_point special_charge any \\
    entitlement charge_method charge_text any declared_value rate_kind any billed_quantity \\
    billed_unit any currency charge | P0203 P1718
L3  weight weight_kind rate rate_kind charge advance prepaid special_charge volume volume_unit \\
    pieces weight_unit tariff declared_value rate_kind | P0102 P0304 P0910 P1415
L4  length! width! height! any! any*2
L5  lading_line lading_text commodity commodity_kind packaging mark mark_kind any*3 | P0304
L7  any*16
L11 reference reference_kind description | R0103 P0102
LAD packaging_form pieces weight_unit weight weight_unit weight product_kind product product_kind \\
    product product_kind product lading_text | P0304 P0506 P0708 P0910 P1112
LEP any*5
LFH any*10
LH1 unit! pieces! any*9
LH2 any*10
LH3 any*4
LH4 any*12
LH6 any*4
LHT any*5
LX  line!
M7  seal! seal*3 party
MAN mark_kind! mark! mark mark_kind mark mark | P0405
MEA any*10
MS1 city state country longitude latitude direction direction postal_code | P0405
MS2 scac equipment_number equipment_kind check_digit | P0102
MS3 scac! routing_order! city transport_method state | C0503
N1  party! name id_kind id any party | R0203 P0304
N2  name! name
N3  address! address
N4  city state postal_code country location_kind location | C0605
N7  equipment_prefix equipment_number! weight weight_kind tare any*2 volume volume_unit any \\
    equipment_kind scac temperature any equipment_length any weight_unit check_digit any height \\
    width any scac any | P0304 P0809
N7A any*16
N7B any*8
N9  reference_kind! reference free_form date time zone further_reference | R0203 C0605
NTE note_kind note!
OID reference order reference unit quantity weight_unit weight volume_unit volume any reference \\
    | P0405 P0607 P0809
PLD pallets! any weight_unit weight | P0304
POD date! time signer!
PRF any! any*6
Q7  exception! packaging_form pieces
R3  scac! routing_order! any*9
S5  stop_number! stop_reason! weight weight_unit units unit volume volume_unit description point \\
    accomplish | P0304 P0506 P0708
SDQ any*23
SPO order! reference unit quantity weight_unit weight any reference | P0304 P0506
V9  any*20
"""

SEGMENT_TABLE = OPEN_SEGMENT_TABLE + BUSINESS_SEGMENT_TABLE + FREIGHT_SEGMENT_TABLE
"""A later line for a tag replaces an earlier one."""

SEGMENTS = read_segments(SEGMENT_TABLE, ELEMENTS)
"""Segment tag -> its elements."""
