"""What a carrier says happened to a shipment (214), and why.

Source: X12 code lists 1650, 1651 and 1652, release 004010; the labels are ours.
"""


def _table(text: str) -> dict[str, str]:
    entries = (entry.strip().partition(" ") for entry in text.replace("\n", ";").split(";"))
    return {code: label for code, _, label in entries if code}


_REASONS = _table("""
A1 missed delivery; A2 wrong address; A3 indirect delivery; A5 not found; A6 address corrected
AA sorted wrongly; AD customer asked for later; AE restricted goods; AF accident; AG consignee
AH driver; AI breakdown; AJ other carrier; AK damaged, wrapped again; AL previous stop; AM shipper
AN holiday; AO weather; AP awaiting export; AQ recipient away; AR export papers; AS customs papers
AT recipient not reached; AU civil event; AV exceeds service limits; AW past cut-off
AX too little time at pickup; AY missed pickup; AZ other carrier delivered; B1 consignee closed
B2 trap; B4 held for payment; B5 held for consignee; B8 unloading equipment; B9 receiving hours
BB held by shipper; BC papers missing; BD border; BE road; BF keying error; BG other
BH too little time to deliver; BI cartage agent; BJ customer asked for earlier; BK appointment set
BL held for protection; BM flatcars short; BN billing not released; BO railroad late
BP load shifted; BQ overweight; BR derailment; BS refused by customer; BT returned to shipper
C1 waits for customer pickup; C2 credit hold; C3 suspended by customer; C4 customer vacation
C5 customer strike; C6 waits for instructions; C7 waits for named carrier; C8 COD required
C9 no cash at consignee; CA customs; D1 carrier's dispatch; D2 no driver; NA normal appointment
NS normal; P1 processing; P2 waits for inspection; P3 production; P4 held for a full load
RC reconsigned; S1 short at delivery; T1 no sleeper tractor; T2 no tractor; T3 no trailer
T4 trailer not clean; T5 no such trailer class; T6 no such trailer volume; T7 too little time
""")

STATUS_CODES: dict[str, dict[str, str]] = {
    "status": _table("""
A3 returned to shipper; A7 refused by consignee; A9 damaged; AF departed pickup
AG estimated delivery; AH attempted delivery; AI reconsigned; AJ tendered for delivery
AM loaded on truck; AN diverted to air; AO loaded on barge; AP loaded on feeder
AR rail arrival; AV available for delivery; B6 estimated arrival at terminal
BA picked up by connecting line; BC stored in transit; C1 estimated departure from terminal
CA cancelled; CD departed delivery; CL trailer closed; CP loaded; D1 unloaded at delivery
I1 in-gate; J1 given to connecting line; K1 arrived at customs; L1 loading; OA out-gate
OO papers without freight; P1 departed terminal; PR customs hold; R1 received from prior carrier
RL rail departure; S1 trailer spotted; SD delayed; X1 arrived at delivery
X2 estimated arrival at delivery; X3 arrived at pickup; X4 arrived at terminal
X5 arrived at delivery dock; X6 on the way; X8 arrived at pickup dock; XB taken note of
"""),
    "status_reason": _REASONS,
    "appointment_status": _table("AA pickup appointment; AB delivery appointment; NA none"),
}
"""Table name -> code -> our label."""
