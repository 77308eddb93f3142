"""EDI files on the command line: looked at, judged, written again, converted and answered."""

from drawbar.cli.edi.command import edi

__all__ = ["edi"]
