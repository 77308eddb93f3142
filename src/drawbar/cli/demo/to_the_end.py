"""A world that is played to its end, for its score alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from drawbar.cli.demo.alone import WorldInUse
from drawbar.cli.demo.run import Running, Wish, running
from drawbar.cli.options import CONFLICT, FAILED, INTERRUPTED, fail


@contextmanager
def opened(wish: Wish, *, port: int) -> Iterator[Running]:
    """Open a demo for a command; end it with a clear word where somebody else plays there."""
    try:
        with running(wish, port=port) as demo:
            yield demo
    except WorldInUse as error:
        fail(str(error), code=CONFLICT)


@contextmanager
def played_out(wish: Wish, *, port: int) -> Iterator[Running]:
    """Play a world to its end and yield it, for whoever looks at what became of it."""
    with opened(wish, port=port) as demo:
        demo.play.start()
        try:
            demo.play.ended.wait()
        except KeyboardInterrupt:
            fail("The demo ends; --resume goes on from here.", code=INTERRUPTED)
        if demo.play.fault:
            fail(f"The world stood still: {demo.play.fault}", code=FAILED)
        yield demo
