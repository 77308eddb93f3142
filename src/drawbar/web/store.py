"""Where the web doors read: a pool of connections under the role that may only look."""

from drawbar.records.desk.reads import Reads, open_reads

__all__ = ["Reads", "open_reads"]
