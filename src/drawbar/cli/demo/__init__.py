"""``drawbar demo``: a firm with its customers, carriers and ERP in a world that lives."""

from drawbar.cli.demo.command import demo

__all__ = ["demo"]
