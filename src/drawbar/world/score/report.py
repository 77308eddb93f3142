"""A score as one page of HTML that stands by itself: light and dark, charts with their tables."""

from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files

from drawbar.world.score.chart import Bar, Part, bars
from drawbar.world.score.figures import MUST_BE_ZERO, Score
from drawbar.world.score.finding import Finding
from drawbar.world.score.markup import Markup, joined, shown, table, tag
from drawbar.world.score.report_kinds import called, not_yet_judged, right_bills, wrong_bills

GROUPS = {
    "On the road": ("orders", "dispatched", "delivered", "invoiced", "injected_faults"),
    "Bills": ("bills", "clean_bills", "touchless_pct", "reconciled_pct", "open_cases"),
    "Money": ("missed_overcharge_usd", "held_wrongly_usd", "seconds"),
    "Must be zero": MUST_BE_ZERO,
}


def report(score: Score) -> str:
    """Return the page."""
    seal = score.seal
    title = f"Score of world {seal.seed}, {seal.days} days" if seal else "Score of a world"
    style = (files("drawbar.world.score") / "report.css").read_text("utf-8")
    head = (
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        tag("style", Markup(style)),
    )
    body = tag("main", _top(score, title), _headline(score), *_sections(score))
    return "<!doctype html>\n" + tag("html", tag("head", *head), tag("body", body), lang="en")


def _top(score: Score, title: str) -> Markup:
    broken = score.broken
    verdict = (
        "Not zero, though it must be: " + ", ".join(one.replace("_", " ") for one in broken) + "."
        if broken
        else "Everything that must be zero is zero."
    )
    mark = tag("p", "✗ " if broken else "✓ ", verdict, class_="bad" if broken else "good")
    counted = f"At {score.now:%Y-%m-%d %H:%M} UTC, counted from the sealed truth and the books of"
    return tag("header", tag("h1", title), tag("p", counted, " the ERP and the carriers."), mark)


def _headline(score: Score) -> Markup:
    figures = score.headline()
    groups = [
        tag("section", tag("h2", name), tag("dl", *(_tile(one, figures[one]) for one in names)))
        for name, names in GROUPS.items()
    ]
    return tag("div", *groups, class_="headline")


def _tile(name: str, value: object) -> Markup:
    is_wrong = name in MUST_BE_ZERO and value is not None and Decimal(str(value))
    words = {"usd": "USD", "pct": "%", "erp": "ERP"}
    said = " ".join(words.get(one, one) for one in name.split("_"))
    amount = f"{Decimal(value):,}" if isinstance(value, str) else shown(value)
    return tag("div", tag("dt", said), tag("dd", amount, class_="bad" if is_wrong else "plain"))


def _sections(score: Score) -> list[Markup]:
    return [
        *_findings(score),
        wrong_bills(score),
        right_bills(score),
        not_yet_judged(score),
        _decisions(score),
        _carriers(score),
        _faults(score),
    ]


def _decisions(score: Score) -> Markup:
    pace, lag = score.audit.days_to_decision, score.road.pod_lag_days
    ripe = score.audit.ripe_to_decision
    most = max(score.audit.decisions.values(), default=0) or 1
    rows = [
        Bar(label=name, parts=(Part("link", Decimal(count)),), text=str(count))
        for name, count in score.audit.decisions.items()
    ]
    quantiles = [
        ("Bill sent to first decision", pace.count, pace.p50, pace.p90),
        ("Bill, delivery and proof there to first decision", ripe.count, ripe.p50, ripe.p90),
        ("Delivery to first proof", lag.count, lag.p50, lag.p90),
    ]
    return tag(
        "section",
        tag("h2", "Days to decision"),
        bars(
            "Bills by their time to a decision",
            "how many ended within which time.",
            rows,
            most=Decimal(most),
        ),
        table("In days", ("Span", "Count", "Half within", "Nine of ten within"), quantiles),
    )


def _carriers(score: Score) -> Markup:
    headings = ("Carrier", "Bills", "Billed", "Vouchered", "Payments", "Paid", "")
    rows = [
        (one.carrier, one.bills, one.billed, one.vouchered, one.payments, one.paid, one.currency)
        for one in score.carriers
    ]
    return tag("section", tag("h2", "Carriers"), table("By carrier", headings, list(rows)))


def _faults(score: Score) -> Markup:
    rows: list[tuple[object, ...]] = [
        *((called(name), "fault", count) for name, count in score.road.faults.items()),
        *((called(name), "proof", count) for name, count in score.road.proofs.items()),
    ]
    if not rows:
        return joined()
    title = "What else went wrong, and proofs"
    return tag("section", tag("h2", title), table(title, ("Kind", "What", "Count"), rows))


def _findings(score: Score) -> list[Markup]:
    named = {
        "Approved falsely": score.false_approvals,
        "Lost": score.lost,
        "Doubled": score.doubled,
        "Out of balance": tuple(
            Finding(rule="unbalanced", subject=one.number, text=f"{one.balance} {one.currency}")
            for one in score.books.unbalanced
        ),
        "ERP and ledger differ": tuple(
            Finding(
                rule=f"only in {one.side}",
                subject=one.document_key,
                text=f"{one.account}: debit {one.debit}, credit {one.credit} {one.currency}",
            )
            for one in score.books.differences
        ),
    }
    return [_finding(title, found) for title, found in named.items() if found]


def _finding(title: str, found: Sequence[Finding]) -> Markup:
    rows: list[tuple[object, ...]] = [(one.subject, one.rule, one.text) for one in found]
    caption = f"{title}: {len(found)}"
    return tag("section", tag("h2", caption), table(title, ("Whom", "Rule", "What"), rows))
