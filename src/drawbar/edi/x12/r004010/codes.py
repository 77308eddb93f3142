"""The codes that carriers and shippers use in our sets, each with a short label of ours.

Source: X12 code lists, release 004010: the codes are the standard's, the labels are not its texts.
Only what we are sure of is listed: a code that is missing here is a warning, never a refusal.
"""

from drawbar.edi.x12.r004010.status_codes import STATUS_CODES


def _table(text: str) -> dict[str, str]:
    entries = (entry.strip().partition(" ") for entry in text.replace("\n", ";").split(";"))
    return {code: label for code, _, label in entries if code}


_UTC_OFFSETS = {f"{hour:02d}": f"UTC+{hour}" for hour in range(1, 13)} | {
    f"{code:02d}": f"UTC-{25 - code}" for code in range(13, 25)
}

CODES: dict[str, dict[str, str]] = {
    **STATUS_CODES,
    "acceptance": _table("""
BA batch accepted; BC batch accepted, changed; BE batch accepted, errors; BP batch in part
BR batch rejected; GA group accepted; GC group accepted, changed; GE group accepted, errors
GP group in part; GR group rejected; IA item accepted; IC item accepted, changed
IE item accepted, errors; IP item in part; IR item rejected; TA message accepted
TC message accepted, changed; TE message accepted, errors; TP message in part; TR message rejected
GH group held; TH message held
"""),
    "answer": _table("""
A accepted; B accepted with conditions; C cancelled; D declined; E expired; N new; R reserved
P postponed; U updated; K changed
"""),
    "application": _table("""
AS advance shipment; CO cost; FA freight; LT load tender; PC pickup confirmation; TO tracking
"""),
    "charge": _table("""
400 freight; 405 fuel surcharge; FUE fuel surcharge; FUL fuel surcharge; DTL detention at loading
DTU detention at unloading; DET detention; DEM demurrage; DEL delivery; DSC discount
LFT lift gate or fork lift; LAY layover; SOC stop-off; VOR vehicle ordered, not used; RCL redelivery
REP residential delivery; RES residential delivery; HAZ dangerous goods; TAX tax; GST goods tax
IDL inside delivery; IPU inside pickup; NFY notification; SEC special equipment; STR storage
UNL unloading; LDG loading; RCC reconsignment; SAC service; MSC other; LUM lumper; TMS team driver
APT appointment; TOL tolls; SCL scale; PRM permits; CHN chassis; SPT spotting; LGD lift gate
"""),
    "contact": _table("""
AG agent; BI bill inquiries; BJ operations; CN general; CU customs; DC delivery; DI delivery
EM emergency; HM dangerous goods; IC information; OC order; RE receiving; SD shipping; SH shipper
SR sales; ZZ as agreed; NT notification; RP responsible; CA carrier; WH warehouse
"""),
    "contact_number": _table("""
AP alternate telephone; CP mobile; EM e-mail; FX fax; TE telephone; HP home telephone; EX extension
WP work telephone; NP night telephone; UR web address
"""),
    "credit_debit": _table("C credit; D debit"),
    "date_qualifier": _table("""
02 delivery requested; 04 order; 07 effective; 08 order received; 09 process; 10 requested pickup
11 shipped; 17 estimated delivery; 35 delivered; 37 ship not before; 38 ship no later; 39 ship week
53 deliver not before; 54 deliver no later; 64 must respond by; 68 requested delivery
69 scheduled pickup; 70 scheduled delivery; 78 delivery window; 79 pickup window; 86 actual pickup
AA as agreed; BL bill of lading
"""),
    "equipment": _table("""
TL trailer; TF flatbed trailer; TV truck, van; RT refrigerated trailer; TN tank; CN container
CV closed van; FT flatbed; RC refrigerated container; CH chassis; TR tractor; SV semi-trailer van
DD double drop; LO low boy; SD step deck; ST straight truck; OT other; VA van; 20 20-foot container
40 40-foot container; BX boxcar; TT tank truck; TA heated trailer; CZ refrigerated container
"""),
    "group_verdict": _table("""
A accepted; E accepted, errors noted; P partly accepted; R rejected; M rejected, authentication
W rejected, assurance; X rejected, decryption
"""),
    "id_qualifier": _table("""
1 D-U-N-S; 2 SCAC; 9 D-U-N-S with suffix; 12 telephone; 15 location; 20 agreed standard
25 carrier's customer code; 54 warehouse; 91 seller's code; 92 buyer's code; 93 tenderer's code
94 receiver's code; FI tax id; UL location number; ZZ as agreed
"""),
    "party": _table("""
BT bill to; BY buyer; CA carrier; CN consignee; SH shipper; SF ship from; ST ship to; PF pickup at
PW pickup address; DA delivery address; RE remit to; PR payer; PE payee; N1 notify first; N2 notify
OT origin terminal; DT destination terminal; EY employee; N5 next party; SU supplier; SE seller
WH warehouse; 3P third party; BS bill and ship to; CB customs broker; FW forwarder; SO sold to
IC consignee between; LD loading party; VN vendor; ZZ as agreed; FR from; TO to; RI remit address
OB ordered by; SN store; XU return address; 6B crossdock; AP accounts payable; EV selling agent
"""),
    "payment_method": _table("""
PP prepaid by shipper; CC collect; TP third party; PC prepaid, billed on; PB customer's pickup
PU pickup; CF collect, credited; DE per contract; DF defined by both; MX mixed; NC no charge
NR not revenue; PL prepaid local; PO prepaid only; PS paid by seller; PA advance prepaid
HP half prepaid; FO FOB port; WC weight condition; 11 rule 11
"""),
    "purpose": _table("""
00 original; 01 cancel; 02 add; 03 delete; 04 change; 05 replace; 06 confirm; 07 duplicate
22 information only; 25 incremental; 53 completion
"""),
    "reference": _table("""
08 carrier's reference; 11 account; 18 plan; 2I tracking number; 4B origin; 4C destination
4F carrier's shipper number; 6O cross reference; 86 operation; 97 package; 9R job; AAO carrier's
ABS vessel; AN associated order; AO appointment; AW air waybill; BL government bill of lading
BM bill of lading; BN booking; BX shipment; CI customer's; CN PRO; CO customer order
CR customer reference; CT contract; D2 supplier document; DEP department; DJ delivery ticket
DO delivery order; DP department; EQ equipment; FR freight bill; FU fund; GZ ledger account
IA vendor id; IK invoice; IN consignee's invoice; IT customer's number; JB job; KK delivery
LD load; LO load plan; LU location; MA ship notice; MB master bill of lading; MCI carrier id
OI original invoice; ON dealer order; OQ order; P8 pickup; PD promotion; PK packing list
PO purchase order; PU previous bill of lading; Q1 quote; QN stop; RC rate code; RE release
RF export; RN run; RU route; SA salesperson; SCA SCAC; SI shipper's reference; SN seal
SO shipper's order; ST store; TE tariff; TJ tax id; TN transaction; V3 voyage; VN vendor order
VR vendor; WH warehouse; WU vessel; WY waybill; YF freight; ZI reference version; ZZ as agreed
"""),
    "set_verdict": _table("""
A accepted; E accepted, errors noted; R rejected; M rejected, authentication
W rejected, assurance; X rejected, decryption
"""),
    "stop_reason": _table("""
CL load to the full; CU unload all; DR drop; DT drop trailer; HT hook trailer; LD load
LE spot for loading; PA pick up loaded; PL load a part; PU unload a part; RT fetch trailer
SL spot for loading; SU spot for unloading; TL transload; UL unload; WL weigh loaded; IN inspect
"""),
    "time_qualifier": _table("""
1 must respond by; 8 actual pickup; 9 actual delivery; G deliver not before; I pick up not before
K pick up no later; L deliver no later; U scheduled pickup; X scheduled delivery
Y requested pickup; Z requested delivery; ZZ as agreed
"""),
    "unit": _table("""
PC piece; PL pallet; CT carton; CS case; CA case; EA each; LB pound; KG kilogram; BX box; PK package
BG bag; UN unit; SK skid; RL roll; DR drum; CR crate; TN ton; LF linear foot; GA gallon; DZ dozen
TK tank; CN can; LO lot; CW hundredweight; FT foot; CF cubic foot; LD load; BD bundle; BA bale
TE tote; VH vehicle; ZZ as agreed
"""),
    "weight_kind": _table("""
A accumulated; A1 dimensional; A2 adjusted; B billed; C actual; D destination; E estimated
F deficit; G gross; N net; R per unit; T tare; O origin; FR freight; J legal; K contents
"""),
    "weight_unit": _table("""
L pound; K kilogram; E metric ton; S short ton; T long ton; M measurement ton; G gram; O ounce
"""),
    "zone": _table("""
LT local; GM Greenwich; UT universal; ET eastern; ES eastern standard; ED eastern daylight
CT central; CS central standard; CD central daylight; MT mountain; MS mountain standard
MD mountain daylight; PT pacific; PS pacific standard; PD pacific daylight; AT alaska
AS alaska standard; AD alaska daylight; HT hawaii; HS hawaii standard; HD hawaii daylight
TT atlantic; TS atlantic standard; TD atlantic daylight; NT newfoundland
NS newfoundland standard; ND newfoundland daylight
""")
    | _UTC_OFFSETS,
}
"""Table name -> code -> our label."""
