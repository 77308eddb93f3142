"""EDI as carriers and shippers send it, written from templates and not by our own writer.

Each message differs from the others in its references, dates and amounts.
"""

from collections.abc import Sequence
from pathlib import Path

_ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*{control:09d}*0*P*:~\n"
)
_PARTIES = (
    "N1*SH*ACME PUMPS*93*A{place:03d}~\nN3*{n} DOCK ROAD~\nN4*RENO*NV*89501*US~\n"
    "N1*CN*GLOBEX STORES*93*G{place:03d}~\nN3*{n} PIER STREET~\nN4*CHICAGO*IL*60601*US~\n"
)
TEMPLATES = {
    "204": (
        "SM",
        "B2**NRTH**S-{n}**PP~\nB2A*00~\nL11*PO{n}*PO~\nL11*B-{n}*BM~\nG62*64*20260302*1*1200*ET~\n"
        "MS3*NRTH*B**M~\nNTE*OTH*CALL BEFORE ARRIVAL AT DOCK {place}~\n" + _PARTIES +
        "N7**TRL{n}*********TL****5300~\n"
        "S5*1*LD*42000*L*24*PC~\nL11*PU{n}*PU~\nG62*10*20260303*I*0800*LT~\n"
        "N1*SF*ACME PUMPS*93*A{place:03d}~\nN3*{n} DOCK ROAD~\nN4*RENO*NV*89501*US~\n"
        "L5*1*PUMPS~\nAT8*G*L*42000*24~\n"
        "S5*2*UL*42000*L*24*PC~\nG62*68*20260306*G*1400*LT~\n"
        "N1*ST*GLOBEX STORES*93*G{place:03d}~\nN3*{n} PIER STREET~\nN4*CHICAGO*IL*60601*US~\n"
        "L3*42000*G***{cents}~\n",
    ),
    "990": ("GF", "B1*NRTH*S-{n}*20260301*A~\nN9*CN*PRO{n}~\n"),
    "214": (
        "QM",
        "B10*PRO{n}*S-{n}*NRTH~\nL11*B-{n}*BM~\n" + _PARTIES +
        "LX*1~\nAT7*X1*NS***20260306*13{minute:02d}*LT~\nMS1*CHICAGO*IL*US~\nMS2*NRTH*TRL{n}*TL~\n"
        "L11*2*QN~\nAT8*G*L*42000*24~\n"
        "LX*2~\nAT7*D1*NS***20260306*15{minute:02d}*LT~\nMS1*CHICAGO*IL*US~\n",
    ),
    "210": (
        "IM",
        "B3**INV{n}*S-{n}*PP**20260310*{cents}**20260306*035*NRTH~\nC3*USD~\nN9*CN*PRO{n}~\n"
        "N9*BM*B-{n}~\nG62*86*20260303~\n" + _PARTIES +
        "N7**TRL{n}*********TL~\nLX*1~\nL5*1*PUMPS*61700*N~\nL0*1*1042*DM*42000*G***24*PCS**L~\n"
        "L1*1*{rate}*PM*{linehaul}****400~\nLX*2~\nL5*2*FUEL~\nL0*2***42000*G~\n"
        "L1*2*25000*FR*25000****FUE~\nL3*42000*G***{cents}******24*L~\n",
    ),
}  # fmt: skip
_IFTSTA = (
    "UNH+{n}+IFTSTA:D:96A:UN'\nBGM+77+PRO{n}+9'\nDTM+137:202603061300:203'\n"
    "NAD+CA+NRTH::87'\nNAD+CZ+ACME::91++ACME PUMPS+{n} DOCK ROAD+RENO+NV+89501+US'\n"
    "CNI+1+S-{n}'\nSTS+1+21'\nRFF+BM:B-{n}'\nDTM+334:2026030613{minute:02d}:203'\n"
    "LOC+8+USCHI::6:CHICAGO'\nSTS+1+13'\nRFF+BM:B-{n}'\nDTM+334:2026030615{minute:02d}:203'\n"
    "FTX+AAI+++DOOR {place} WAS BLOCKED?+ WAITED'\nLOC+8+USCHI::6:CHICAGO'\n"
    "UNT+16+{n}'\n"
)


def x12(control: int, sets: int, *, codes: Sequence[str] = tuple(TEMPLATES)) -> bytes:
    """Return an interchange with a group of so many sets for each of these codes."""
    parts = [_ISA.format(control=control)]
    for number, code in enumerate(codes, start=1):
        group, body = TEMPLATES[code]
        parts.append(f"GS*{group}*NRTH*SHIPPER*20260301*0930*{number}*X*004010~\n")
        for n in range(1, sets + 1):
            text = body.format(**_values(control * sets + n))
            count = text.count("~") + 2
            parts.append(f"ST*{code}*{n:04d}~\n{text}SE*{count}*{n:04d}~\n")
        parts.append(f"GE*{sets}*{number}~\n")
    parts.append(f"IEA*{len(codes)}*{control:09d}~\n")
    return "".join(parts).encode()


def edifact(control: int, messages: int) -> bytes:
    """Return an interchange of so many status reports."""
    values = [{**_values(n), "n": n} for n in range(1, messages + 1)]
    body = "".join(_IFTSTA.format(**each) for each in values)
    head = f"UNA:+.? '\nUNB+UNOC:3+NRTH:14+SHIPPER:14+260301:0930+{control}'\n"
    return f"{head}{body}UNZ+{messages}+{control}'\n".encode()


def write_file(path: Path, megabytes: int, *, sets: int = 60) -> int:
    """Write interchanges of so many sets until the file is that large; return how many sets."""
    written = control = 0
    with path.open("wb") as file:
        while written < megabytes * 1_000_000:
            control += 1
            written += file.write(x12(control, sets))
    return control * sets * len(TEMPLATES)


def _values(n: int) -> dict[str, int]:
    linehaul = 100_000 + n * 37 % 90_000
    return {
        "n": 100_000 + n,
        "place": n % 997,
        "minute": n % 60,
        "rate": linehaul // 1042 + 1,
        "linehaul": linehaul,
        "cents": linehaul + 25_000,
    }
