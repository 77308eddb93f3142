"""The element dictionary: what each element says, its type, its shortest and longest.

Source: X12 data element dictionary, release 004010; types and lengths are the standard's, names are
ours. The number is the standard's and goes into a 997; ``-`` where we do not state one.
"""

from drawbar.edi.x12.definition import read_elements

ELEMENTS = read_elements("""
acceptance            110  ID 1 2  =acceptance
accepted_sets         2    N0 1 6
accomplish            -    ID 1 1
account               508  AN 1 35
account_kind          569  ID 1 3
action                558  ID 1 1  =answer
action_code           306  ID 1 2
address               166  AN 1 55
adjustment_reason     426  ID 2 2
advance               191  N2 1 9
agent_shipment        531  AN 1 12
amount                782  R  1 18
amount_kind           522  ID 1 3
any                   -    AN 0 9999
application           346  ID 2 2  =application
application_error     647  ID 1 3
application_receiver  124  AN 2 15
application_sender    142  AN 2 15
appointment           1652 ID 2 2  =appointment_status
appointment_reason    1653 ID 2 2  =status_reason
bad_data              724  AN 1 99
bank                  507  AN 3 12
bank_kind             506  ID 2 2
bill_correction       202  ID 2 2
billed_quantity       220  R  1 11
billed_unit           221  ID 2 2
charge                58   N2 1 12
charge_method         16   ID 1 1
charge_text           276  AN 2 25
check_digit           761  N0 1 1
city                  19   AN 2 30
cod                   610  N2 1 15
cod_method            107  ID 1 1
commodity             22   AN 1 30
commodity_kind        23   ID 1 1
condition_code        286  ID 2 2
contact_function      366  ID 2 2  =contact
contact_kind          365  ID 2 2  =contact_number
contact_number        364  AN 1 80
contact_reference     443  AN 1 20
context               C998 CO 1 99
country               26   ID 2 3
credit_debit          478  ID 1 1  =credit_debit
currency              100  ID 3 3
date                  373  DT 8 8
date_kind             374  ID 3 3
date_qualifier        432  ID 2 2  =date_qualifier
date_time_kind        374  ID 3 3
declared_value        74   N2 2 12
delivery_date         32   DT 8 8
depositor_order       285  AN 1 22
description           352  AN 1 80
difference            383  R  1 9
direction             1280 ID 1 1
discount_amount       362  N2 1 10
discount_days         351  N0 1 3
discount_due          370  DT 8 8
discount_percent      338  R  1 6
element_error         723  ID 1 3
element_in_segment    722  CO 1 20
element_number        725  N0 1 4
element_place         C030 CO 1 99
entitlement           39   ID 1 1
equipment_count       86   N0 1 3
equipment_kind        40   ID 2 2  =equipment
equipment_length      567  N0 4 5
equipment_number      207  AN 1 10
equipment_prefix      206  AN 1 4
error_message         3    AN 1 60
exception             -    ID 1 1
exchange_rate         280  R  4 10
first_name            1036 AN 1 25
fob_kind              54   ID 2 2
fob_point             -    AN 1 30
free_form             369  AN 1 45
freight_class         59   AN 2 5
further_reference     C040 CO 1 99
group_code            479  ID 2 2
group_control         28   N0 1 9
group_error           716  ID 1 3
group_verdict         715  ID 1 1  =group_verdict
handling              152  ID 2 3
handling_text         153  AN 2 30
hazard_code           -    AN 1 10
height                65   R  1 8
hierarchy             628  AN 1 12
hierarchy_above       734  AN 1 12
hierarchy_child       736  ID 1 1
hierarchy_level       735  ID 1 2
id                    67   AN 2 80
id_kind               66   ID 1 2  =id_qualifier
implementation        1705 AN 1 35
included_sets         97   N0 1 6
industry_version      480  AN 1 12
inquiry               71   N0 1 3
interchange_control   I12  N0 1 9
invoice               76   AN 1 22
lading_line           213  N0 1 3
lading_text           79   AN 1 50
last_name             1035 AN 1 35
latitude              1655 ID 7 7
length                82   R  1 8
line                  554  N0 1 6
link_sequence         472  N0 6 6
location              310  AN 1 30
location_kind         309  ID 1 2
longitude             1654 ID 7 7
loop                  447  AN 1 6
lot                   451  AN 1 12
mark                  87   AN 1 48
mark_kind             88   ID 1 2
master                474  AN 1 22
measure               C001 CO 1 99
message_handling      305  ID 1 2
middle_name           1037 AN 1 25
name                  93   AN 1 60
net_amount            193  N2 1 12
net_days              386  N0 1 3
net_due               446  DT 8 8
new_data              961  AN 1 99
note                  -    AN 1 80
note_kind             363  ID 3 3
order                 324  AN 1 22
order_quantity        330  R  1 15
order_status          473  ID 1 1
originator            509  AN 10 10
originator_addition   510  AN 9 9
pack                  356  N0 1 6
package_count         -    N0 1 7
packaging             103  AN 3 5
packaging_form        211  ID 3 3
pallet_exchange       -    ID 1 1
pallet_pattern        416  N0 6 6
pallets               406  N0 1 3
party                 98   ID 2 3  =party
payer                 146  ID 2 2  =payment_method
payment_action        482  ID 2 2
payment_code          107  ID 1 3
payment_form          812  ID 1 10
payment_handling      305  ID 1 2
payment_means         591  ID 3 3
period                1251 AN 1 35
period_format         1250 ID 2 3
person_kind           1065 ID 1 1
pieces                80   N0 1 7
point                 154  ID 6 9
postal_code           116  ID 3 15
prefix                1038 AN 1 10
prepaid               117  N2 1 9
product               234  AN 1 48
product_kind          235  ID 2 2
quantity              380  R  1 15
quantity_kind         673  ID 2 2
rate                  60   R  1 9
rate_class            -    ID 1 3
rate_kind             122  ID 2 2
rating_point          -    AN 3 9
reason                1651 ID 2 2  =status_reason
received_sets         123  N0 1 6
reference             127  AN 1 30
other_reference_kind  128  ID 2 3
other_id_kind         66   ID 1 2
other_party           98   ID 2 3
reference_kind        128  ID 2 3  =reference
remark                61   AN 1 30
reporting             514  ID 1 1
route_change          890  ID 2 2
routing               387  AN 1 35
routing_order         133  ID 1 2
scac                  140  ID 2 4
seal                  225  AN 2 15
segment_count         96   N0 1 10
segment_error         720  ID 1 3
segment_position      719  N0 1 6
segment_tag           721  ID 2 3
set_code              143  ID 3 3
set_control           329  AN 4 9
set_error             718  ID 1 3
set_purpose           353  ID 2 2  =purpose
set_verdict           717  ID 1 1  =set_verdict
shipment              145  AN 1 30
shipment_kind         147  ID 1 1
shipment_status       368  ID 2 2
shipped_quantity      382  R  1 10
shipping_date_change  891  ID 2 2
signer                1035 AN 1 35
size                  357  R  1 8
special_charge        150  ID 3 3  =charge
special_service       560  ID 2 10
state                 156  ID 2 2
status                1650 ID 2 2  =status
status_reason_code    641  ID 3 3
stop_number           165  N0 1 3
stop_reason           163  ID 2 2  =stop_reason
suffix                1039 AN 1 10
tare                  167  N0 3 8
tariff                -    AN 1 7
tariff_service        375  ID 2 2
temperature           -    AN 3 6
terms                 336  ID 2 2
terms_basis           333  ID 1 2
terms_percent         -    R  1 5
text                  -    AN 1 80
three_letters         -    ID 3 3
time                  337  TM 4 8
time_qualifier        176  ID 1 2  =time_qualifier
trace_kind            481  ID 1 2
transaction_kind      640  ID 2 2
transport_method      91   ID 1 2
transport_terms       335  ID 3 3
two_letters           -    ID 2 2
unit                  355  ID 2 2  =unit
unit_load             -    ID 2 2
unit_weight           -    R  1 8
units                 382  R  1 10
upc                   438  AN 12 12
volume                183  R  1 8
volume_unit           184  ID 1 1
weight                81   R  1 10
weight_kind           187  ID 1 2  =weight_kind
weight_unit           188  ID 1 1  =weight_unit
width                 189  R  1 8
yes_no                1073 ID 1 1
zone                  623  ID 2 2  =zone
zone_of_rate          258  AN 2 3
""")
"""Name -> element."""
