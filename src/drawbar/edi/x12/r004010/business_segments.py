"""The segments of payments, advices and warehouse messages, with their elements.

Source: X12 segment directory, release 004010, restated. Written as in ``segments``.
"""

BUSINESS_SEGMENT_TABLE = """
ADX amount! adjustment_reason! other_reference_kind reference | P0304
AMT amount_kind! amount! credit_debit
BGN two_letters! reference! date! time zone reference transaction_kind action_code any | C0504
BPR payment_handling! amount! credit_debit! payment_means! payment_form bank_kind bank \\
    account_kind account originator originator_addition bank_kind bank account_kind account date \\
    any*5 | P0607 C0809 P1213 C1415
CTX context segment_tag segment_position loop any*2
CUR other_party! currency! any*19
DTM date_time_kind! date time zone period_format period | R020305 C0403 P0506
ENT line other_party other_id_kind id any*5 | P020304
HL  hierarchy! hierarchy_above hierarchy_level! hierarchy_child
NM1 other_party! person_kind! last_name first_name middle_name prefix suffix \\
    other_id_kind id any*2 | P0809
OTI acceptance! other_reference_kind! reference! application_sender application_receiver \\
    date time \\
    group_control set_control set_code industry_version two_letters transaction_kind two_letters \\
    action_code message_handling status_reason_code | C0908
PER two_letters! name contact_kind contact_number contact_kind contact_number contact_kind \\
    contact_number contact_reference | P0304 P0506 P0708
QTY quantity_kind! quantity measure any
REF other_reference_kind! reference description further_reference | R0203
RMR other_reference_kind reference payment_action amount amount amount adjustment_reason amount \\
    | P0102 P0708
TED application_error! error_message segment_tag segment_position element_in_segment \\
    element_number bad_data new_data
TRN trace_kind! reference! originator reference
G69 text!
W01 order_quantity! unit! upc product_kind product product_kind product freight_class rate_class \\
    commodity_kind commodity pallet_pattern lot condition_code product_kind product \\
    | R0304 P0405 P0607 P1011 P1516
W03 shipped_quantity! weight unit volume unit package_count unit | P0203 P0405 P0607
W05 order_status! depositor_order! order link_sequence master transaction_kind action_code | P0405
W06 reporting! depositor_order date shipment agent_shipment order master link_sequence handling \\
    shipping_date_change transaction_kind action_code | P0708
W12 shipment_status! order_quantity shipped_quantity difference unit upc product_kind product lot \\
    weight weight_kind weight_unit weight weight_kind weight_unit upc product_kind product any*4 \\
    | R0607 P0708 P101112 P131415 P1718
W20 pack size unit weight weight_kind weight_unit unit_weight volume unit any \\
    | P0203 P040506 P0809
W27 transport_method! scac routing payer equipment_kind equipment_prefix equipment_number \\
    shipment_status handling route_change | R0203
W66 payer! transport_method! pallet_exchange unit_load routing fob_kind fob_point cod_method cod \\
    scac | P0809
W76 order_quantity! weight unit volume unit any | P0203 P0405
"""
"""Lines of segments, as ``definition.read_segments`` reads them."""
