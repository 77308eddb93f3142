# ruff: noqa: E501 - a table, a mistake to a row
"""Mistakes to plant in the example firm: the file, what it says, what it says then.

Then the field that is named, and words of what mends it.
"""

CONTRACT = "contracts/ABCD-2026.yaml"
LTL = "contracts/NRTH-LTL-2026.yaml"
SELL = "contracts/GLOBEX-2026.yaml"
DESK = "policies/desk.yaml"
REGIONS = "policies/regions.yaml"
CASES = "policies/cases.yaml"
GUIDES = "policies/routing.yaml"


PLANTED = {
    "unknown field": (CONTRACT, "minimum:", "minimun:", "minimun", "Did you mean 'minimum'?"),
    "missing field": (CONTRACT, "version: 1\n", "", "", "Add 'version: …'."),
    "figure that is none": (CONTRACT, '"1650.00"', "about 1650", "lanes[0].flat", "a figure"),
    "negative figure": (CONTRACT, '"1650.00"', '"-1650.00"', "lanes[0].flat", "zero or more"),
    "NaN": (CONTRACT, '"1650.00"', '"NaN"', "lanes[0].flat", "Write the figure"),
    "1e400": (CONTRACT, '"1650.00"', '"1e400"', "lanes[0].flat", "Write less than"),
    "endless decimals": (CONTRACT, '"1650.00"', '"1.00000000001"', "lanes[0].flat", "Round it."),
    "unknown currency": (CONTRACT, "currency: USD", "currency: USB", "currency", "Did you mean"),
    "currency in small letters": (CONTRACT, "currency: USD", "currency: usd", "currency", "Write three capital letters such as USD."),
    "increment of no minutes": (CONTRACT, "increment_minutes: 15", "increment_minutes: 0", "detention.increment_minutes", "0 is too small. Write 1 or more."),
    "unknown unit": (CONTRACT, "per: day", "per: dya", "accessorials[1].per", "Did you mean 'day'?"),
    "unknown charge": (CONTRACT, "kind: storage", "kind: strage", "accessorials[1].kind", "storage"),
    "unknown class": (LTL, '"92.5"}', '"93"}', "lanes[1].breaks[2]", "Mend it"),
    "unknown zone of a lane": (CONTRACT, "{zone: GREATER", "{zone: GREATR", "zone", "GREATER"),
    "country that is no code": (CONTRACT, "country: MX}", "country: MEXICO}", "country", "US, CA"),
    "lane with no rate": (CONTRACT, 'flat: "1650.00"', "equipment: VAN", "lanes[0]", "State one"),
    "lane with two rates": (CONTRACT, 'per_mile: "2.15"', 'per_mile: "2.15"\n    flat: "9"', "lanes[1]", "Keep one"),
    "rate per mile without miles": (SELL, "lanes: GLOBEX-2026.lanes.csv", 'lanes: [{clause: a, per_mile: "2"}]', "lanes[0].per_mile", "Add distance_mi"),
    "lanes that tie": (CONTRACT, "region: IA}\n    destination: {country: US, region: IL}\n    equipment: REEFER          # empty for any\n    service: STANDARD          # empty for any", "region: GA}\n    destination: {country: US, region: NJ}", "lanes[3]", "more exact"),
    "ends before it begins": (CONTRACT, "valid_to: 2028", "valid_to: 2025", "valid_to", "first day"),
    "instant without zone": (CONTRACT, "15:00:00Z", "15:00:00", "known_at", "zone"),
    "day that is none": (CONTRACT, "2026-01-01 ", "2026-13-01 ", "valid_from", "a day"),
    "bands with a gap": (CONTRACT, 'from_price: "3.70"', 'from_price: "3.80"', "fuel_index.bands[2]", "from_price: 3.70"),
    "bands that overlap": (CONTRACT, 'to_price: "3.70"', 'to_price: "3.75"', "fuel_index.bands[2]", "to_price: 3.70"),
    "index without prices": (CONTRACT, "index: EIA-DIESEL-US", "index: EIA-DIESEL-UK", "fuel_index.index", "Did you mean 'EIA-DIESEL-US'?"),
    "surcharge with two ways": (CONTRACT, 'max_percent: "40"', 'formula: {peg: "1", miles_per_gallon: "6"}', "fuel_index", "exactly one"),
    "window of no kind": (CONTRACT, "weekday: 2 ", "weeks_later: 1 ", "fuel_index.window", "said twice"),
    "contract of nobody": (CONTRACT, "party_ref: ABCD", "party_ref: ABCE", "party_ref", "Did you mean 'ABCD'?"),
    "partner on no system": ("partners/ABCD.yaml", "system: abcd", "system: abdc", "system", "Did you mean 'abcd'?"),
    "guide with a stranger": (GUIDES, "[ABCD, NRTH]", "[ABCD, NTRH]", "guides[0].carriers[1]", "Did you mean 'NRTH'?"),
    "guide that asks nobody": (GUIDES, "[ABCD, NRTH]", "[]", "guides[0].carriers", "Name carriers"),
    "guide of one name twice": (GUIDES, "everywhere", "texas-illinois", "guides[1].guide_ref", "once"),
    "policy in two files": ("policies/routing.yaml", "guides:", "bill_waits_days: 3\nguides:", "bill_waits_days", "one file"),
    "role that is none": ("policies/approval.yaml", "finance:", "finanse:", "approval_limits.finanse", "Did you mean 'finance'?"),
    "limits upside down": ("policies/approval.yaml", '"500.00"', '"50000.00"', "approval_limits.finance", "Mend it"),
    "tolerance of a stranger": ("policies/tolerance.yaml", "NRTH:", "NRTX:", "tolerance_by_carrier.NRTX", "NRTH"),
    "system that is none": (DESK, 'erp: ""', "erp: sap", "erp", "systems/sap.yaml"),
    "unknown connector": ("systems/abcd.yaml", "x12_folder", "x12_foldr", "connector", "x12_folder"),
    "unknown setting": ("systems/abcd.yaml", "zone: UTC", "zome: UTC", "zome", "Did you mean 'zone'?"),
    "delimiters alike": ("systems/abcd.yaml", "zone: UTC", 'delimiters: {component: "*"}', "delimiters", "a character of its own"),
    "segment that is none": ("systems/abcd.yaml", "zone: UTC", 'required: {"214": [L11/2]}', "required.214[0]", "L11"),
    "receipt in no time": ("systems/abcd.yaml", "zone: UTC", "acks: {due_minutes: 0}", "acks.due_minutes", "1 or more"),
    "way round before its time": ("systems/abcd.yaml", "zone: UTC", "acks: {due_minutes: 60}\nfallback: {by: phone, to: '1', after_minutes: 5}", "fallback.after_minutes", "60 or more"),
    "mode that is none": ("systems/abcd.yaml", "zone: UTC", "modes: {TenderLoad: shaddow}", "modes.TenderLoad", "Did you mean 'shadow'?"),
    "flow that is none": ("systems/abcd.yaml", "zone: UTC", "modes: {TenderLoads: shadow}", "modes.TenderLoads", "Did you mean 'TenderLoad'?"),
    "shadow of what is read": ("systems/abcd.yaml", "zone: UTC", "modes: {inbox: shadow}", "modes.inbox", "observe"),
    "modes of nothing": ("systems/abcd.yaml", "zone: UTC", "modes: shadow", "modes", "TenderLoad: shadow"),
    "time zone that is none": ("drawbar.toml", "America/Chicago", "America/Chicgo", "zone", "America/Chicago"),
    "table that is missing": (SELL, "GLOBEX-2026.lanes.csv", "GLOBEX.csv", "lanes", "beside the contract"),
    "row for no lane": ("contracts/NRTH-LTL-2026.breaks.csv", "A Texas to Illinois,,500", "A Texas,,500", "", "clause of a lane"),
    "cell that is no figure": ("contracts/GLOBEX-2026.lanes.csv", "2100.00", "2100,00", "", "quotes"),
    "price that is none": ("indices/EIA-DIESEL-US.csv", "3.498", "n/a", "price", "a figure"),
    "said twice": (CONTRACT, "side: buy", "version: 2\nside: buy", "version", "Keep one"),
    "no YAML": (CONTRACT, "lanes:\n", "lanes: [\n", "", "indentation"),
    "class in two ranges": (LTL, 'rated_as: "70"}', 'rated_as: "70"}\n    - {clause: b, class_from: 70, class_to: 85, rated_as: "70"}', "ltl.fak[1]", "one range"),
    "two rates from one weight": (LTL, "from_lb: 500", "from_lb: 1", "lanes[1].breaks[1]", "Keep one"),
    "bands of one lane overlap": (CONTRACT, "{from_mi: 250, per", "{from_mi: 200, per", "lanes[4].bands[2]", "End one"),
    "percents by date overlap": (SELL, "valid_to: 2026-07-01", "valid_to: 2026-08-01", "fuel[1]", "End one"),
    "exchange rates of nobody": (SELL, "source: ECB", "source: FED", "exchange.source", "exchange/FED.csv"),
    "reverse charge without its note": (SELL, 'note: "Reverse charge: the recipient accounts for the tax."', "", "tax[1].note", "words"),
    "place in two regions": (REGIONS, "region: IN}", "region: tx}", "regions.midwest[1]", "Leave it in one"),
    "region without a place": (REGIONS, "[{}]", "[]", "regions.elsewhere", "Name countries"),
    "region of a contract's zone": (REGIONS, "[{}]", "[{zone: MIDWEST}]", "regions.elsewhere[0].zone", "places themselves"),
    "case of no desk": (CASES, "owner: service", "owner: servise", "cases.missing_invoice.owner", "Did you mean 'service'?"),
    "case of no kind": (CASES, "bill_stopped:", "bill_stoped:", "cases.bill_stoped", "Did you mean 'bill_stopped'?"),
    "case due at once": (CASES, "due_hours: 24", "due_hours: 0", "cases.bill_stopped", "Mend it"),
    "cap below the minimum": (CONTRACT, 'cap: "300.00"', 'cap: "3.00"', "detention.cap", "Mend"),
}  # fmt: skip
