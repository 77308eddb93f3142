"""The part of the report about bills: each kind, and where its money went."""

from decimal import Decimal

from drawbar.world.score.chart import Bar, Part, bars, legend
from drawbar.world.score.figures import Score
from drawbar.world.score.kind import KindScore
from drawbar.world.score.markup import Markup, joined, table, tag

COLOURS = (
    ("good", "stopped rightly"),
    ("bad", "leaked"),
    ("hold", "held wrongly"),
    ("idle", "not decided yet"),
)
KIND = (
    "Kind", "Bills", "Due", "Caught", "Recall %", "Short-paid", "Rightly", "Precision %",
    "At stake", "Stopped", "Leaked", "Held", "Waiting",
)  # fmt: skip
PAID = ("Kind", "Bills", "Due", "Paid in full", "%", "Payable", "Vouchered", "Held", "Waiting")


def wrong_bills(score: Score) -> Markup:
    """Return charts and table of the kinds of errors that are judged."""
    errors = [one for one in score.kinds if one.nature == "error"]
    dearest = sorted(errors, key=lambda one: (-one.at_stake, one.kind))
    money = [_money(one) for one in dearest if one.currency == "USD"]
    charts = (
        bars(
            "Money of wrong bills, by kind",
            "in US dollars, the dearest kind first; one with » is longer than drawn.",
            money,
            most=_scale(money),
        ),
        bars(
            "Recall, by kind",
            "how many of the bills that are due were not overpaid.",
            [_recall(one) for one in dearest if one.due],
            most=Decimal(100),
        ),
    )
    return tag(
        "section",
        tag("h2", "Wrong bills"),
        legend(*COLOURS),
        tag("div", *charts, class_="charts"),
        table("Wrong bills, by kind", KIND, [_row(one) for one in errors]),
    )


def _scale(rows: list[Bar]) -> Decimal | None:
    """Return four times the middle bar: a single dear bill must not make all others vanish."""
    lengths = sorted(row.length for row in rows if row.length)
    return min(lengths[-1], 4 * lengths[len(lengths) // 2]) if lengths else None


def _money(one: KindScore) -> Bar:
    leaked = min(one.leaked, one.at_stake)
    undecided = one.at_stake - one.stopped_amount - leaked
    parts = (
        Part("good", one.stopped_amount),
        Part("bad", one.leaked),
        Part("hold", one.held),
        Part("idle", max(undecided, Decimal(0))),
    )
    said = [f"{one.stopped_amount:,} stopped"] if one.stopped_amount or not undecided else []
    said += [f"{undecided:,} not decided"] if undecided > 0 else []
    said += [f"{one.leaked:,} leaked"] if one.leaked else []
    said += [f"{one.held:,} held"] if one.held else []
    return Bar(label=_named(one), parts=parts, text=" · ".join(said))


def _recall(one: KindScore) -> Bar:
    share = Decimal(str(one.recall_pct or 0))
    colour = "good" if share == 100 else "bad"
    text = f"{share:.2f} % · {one.caught} of {one.due}"
    return Bar(label=_named(one), parts=(Part(colour, share),), text=text)


def _row(one: KindScore) -> tuple[object, ...]:
    counts = (one.bills, one.due, one.caught, one.recall_pct)
    judged = (one.stopped, one.stopped_rightly, one.precision_pct)
    money = (one.at_stake, one.stopped_amount, one.leaked, one.held, one.waiting)
    return (_named(one), *counts, *judged, *money)


def right_bills(score: Score) -> Markup:
    """Return the table of clean bills and look-alikes."""
    rows = [
        (
            _named(one),
            one.bills,
            one.due,
            one.paid_in_full,
            one.paid_in_full_pct,
            one.payable,
            one.vouchered,
            one.held,
            one.waiting,
        )
        for one in score.kinds
        if one.nature != "error"
    ]
    title = "Clean bills, and what only looks wrong"
    return tag("section", tag("h2", title), table(title, PAID, rows))


def not_yet_judged(score: Score) -> Markup:
    """Return the table of what the firm does not claim to judge; nothing where there is none."""
    if not score.not_yet_judged:
        return joined()
    leaked = score.audit.leaked_not_yet_judged_usd
    says = f"In no figure above. {leaked:,} USD of it were paid all the same."
    rows = [_row(one) for one in score.not_yet_judged]
    return tag("section", tag("h2", "Not yet judged"), tag("p", says), table("Kinds", KIND, rows))


def _named(one: KindScore) -> str:
    """Return a kind as people say it, with its currency where that is not the dollar."""
    return called(one.kind) + ("" if one.currency == "USD" else f", {one.currency}")


def called(kind: str) -> str:
    """Return a kind as people say it."""
    return kind.replace("_", " ")
