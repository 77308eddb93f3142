"""Short words for segments and for EDIFACT elements, so that a message can be read by a person.

The words are ours; what is not listed is shown by its tag or number.
"""


def _table(text: str) -> dict[str, str]:
    entries = (entry.strip().partition(" ") for entry in text.replace("\n", ";").split(";"))
    return {code: words for code, _, words in entries if code}


X12_SEGMENTS = _table("""
ISA interchange begins; GS group begins; ST set begins; SE set ends; GE group ends
IEA interchange ends; TA1 receipt of an interchange
AK1 which group; AK2 which set; AK3 segment in error; AK4 element in error; AK5 verdict on a set
AK9 verdict on a group; IK3 segment in error; IK4 element in error; IK5 verdict on a set
CTX context of an error; AT5 handling; AT7 status; AT8 weight and pieces; B1 answer to a tender
B2 load tender; B2A purpose; B3 freight bill; B10 shipment of a status; B4 status of equipment
BEG order begins; BGN document begins; BIG invoice begins; BPR payment; BSN ship notice begins
BOL bill of lading; C2 bank; C3 currency; CD3 parcel; CUR currency; CTT totals; DTM date and time
EFC freight class; ENT payee; FOB freight terms; G61 contact; G62 date and time; G69 description
H1 dangerous goods; H2 dangerous goods, more; H3 special handling; HL level
INS insured; ITD payment terms; K1 remark; L0 weight and quantity; L1 rate and charge
L3 totals; L4 measurements; L5 description and marks; L7 tariff; L11 reference; LAD lading detail
LEP hazard, EPA; LFH hazard, free text; LH1 hazard; LH2 hazard class; LH3 hazard name
LH4 hazard, Canada; LH6 hazard certificate; LHT hazard, transborder; LIN item; LX line begins
M7 seals; MAN marks and numbers; MEA measurement; MS1 place of a status; MS2 equipment of a status
MS3 routing, next carrier; N1 party; N2 more of a name; N3 street; N4 city; N7 equipment
N7A equipment, more; N7B equipment, more; N9 reference; NM1 person or firm; NTE note
OID order identification; OTI what an answer is about; PER contact; PID description; PLD pallets
PO1 order line; PO4 packing; POD proof of delivery; PRF purchase order; PKG packaging
Q7 exception of lading; R3 route; R4 port; RMR remittance; REF reference; ADX adjustment
S5 stop; SDQ quantity by place; SN1 quantity shipped; SPO order of a shipment
TD1 packing; TD3 equipment; TD5 routing; TED technical error; TRN trace number; V1 vessel
V9 event; W05 shipping order; W06 warehouse shipment; W12 item shipped; W03 totals shipped
W01 item ordered; W66 how it travels; W76 totals ordered; G68 item
""")

EDIFACT_SEGMENTS = _table("""
UNA separators; UNB interchange begins; UNG group begins; UNH message begins; UNT message ends
UNE group ends; UNZ interchange ends; UNS section; UCI verdict on an interchange
UCF verdict on a group; UCM verdict on a message; UCS segment in error; UCD element in error
AJT adjustment; ALC allowance or charge; ALI further information; BGM document begins
CNI consignment; CNT control total; COM how to reach; CPI who pays; CPS packing level; CTA contact
CUX currency; DGS dangerous goods; DIM dimensions; DOC document; DTM date and time; EQA attached
EQD equipment; EQN number of units; ERC error; FII bank; FTX free text; GDS kind of goods
GID goods; GIN identity numbers; GIR related numbers; GOR authority; HAN handling
IMD description; LIN line; LOC place; MEA measurement; MOA amount; NAD party; PAC packages
PAI payment; PAT payment terms; PCD percentage; PCI marks; PIA more item numbers; PRI price
PYT payment terms; QTY quantity; RFF reference; RNG range; SEL seal; SGP goods by equipment
STS status; TAX tax; TDT transport; TMD movement; TMP temperature; TOD delivery terms
TPL where it is loaded; TSR service
""")

EDIFACT_ELEMENTS = _table("""
0001 character set; 0002 syntax version; 0004 sender; 0007 id qualifier; 0008 internal id
0010 receiver; 0014 internal id; 0017 date; 0019 time; 0020 control reference; 0026 application
0029 priority; 0031 asks for a receipt; 0032 agreement; 0035 test; 0036 count; 0038 group number
0042 internal id; 0046 internal id; 0048 group reference; 0051 agency; 0052 version; 0054 release
0057 association; 0060 count; 0062 message reference; 0065 message type; 0068 access reference
0074 segment count; 0081 section; 0083 action; 0085 error; 0096 segment position
0098 element position; 0104 component position; 0013 service segment
1000 document name; 1001 document; 1004 document number; 1056 version; 1060 revision
1082 line; 1131 code list; 1153 reference kind; 1154 reference; 1156 line of it; 1225 function
1229 action; 1312 consolidation; 1373 status of a document; 1490 consignment; 1496 goods item
2005 what time; 2379 format; 2380 time; 3035 party role; 3036 name; 3039 party; 3042 street
3055 agency; 3124 name and address; 3127 carrier; 3128 carrier name; 3139 contact role
3148 address or number; 3155 by what; 3164 city; 3207 country; 3222 place related
3223 place related; 3224 place name; 3225 place; 3227 place role; 3229 region; 3232 place name
3233 place; 3251 postcode; 3412 contact name; 3413 contact; 4053 delivery terms; 4055 terms function
4215 who pays; 4219 priority; 4237 prepaid or collect; 4343 answer; 4405 status; 4440 text
4441 text code; 4451 subject of text; 4453 function of text; 5004 amount; 5025 what amount
5118 price; 5125 price kind; 5153 tax; 5278 tax rate; 5283 tax function; 5305 tax category
5387 price basis; 5402 exchange rate; 5463 allowance or charge; 5482 percentage; 6060 quantity
6063 what quantity; 6064 quantity of units; 6069 what total; 6066 total; 6311 what measure
6313 dimension; 6314 value; 6343 currency role; 6345 currency; 6347 currency used for; 6411 unit
7064 package; 7065 package kind; 7077 description kind; 7102 marks; 7140 item number
7143 item number kind; 7224 packages; 7233 packaging; 7402 number; 7405 number kind; 8051 stage
8053 equipment kind; 8067 mode; 8077 supplied by; 8154 size and type; 8155 size and type
8169 full or empty; 8179 means; 8212 vehicle or vessel; 8213 vehicle or vessel; 8249 status
8260 equipment number; 8028 voyage or trip; 8178 means in words; 9011 status reason
9013 status reason; 9015 status category; 9038 status in words; 9308 seal; 9303 sealed by
9321 error; 4065 contract and carriage; 4233 conditions; 8457 excess; 4079 handling
""")

SETS = _table("""
204 load tender; 990 answer to a tender; 214 shipment status; 210 freight invoice; 820 payment
824 application advice; 940 shipping order to a warehouse; 945 shipping advice of a warehouse
997 receipt; 999 receipt; 850 purchase order; 856 ship notice; 211 bill of lading
310 ocean freight invoice; 315 ocean status; 810 invoice; 110 air freight invoice
IFTMIN transport instruction; IFTSTA transport status; IFCSUM consolidation; INVOIC invoice
CONTRL receipt; APERAK application answer; DESADV despatch advice; ORDERS order
ORDRSP answer to an order; IFTMBC booking confirmation; IFTMBF booking; IFTMAN arrival notice
IFTMCS contract status; COPARN container announcement; CODECO gate report; REMADV payment advice
""")
