"""A score as one page of HTML that stands by itself."""

from drawbar.world.score.figures import Score


def report(score: Score) -> str:
    """Return the page."""
    return f"<!doctype html><title>Score</title><pre>{score.headline()}</pre>"
