"""One message with its bytes, and one fact with what it says."""

from drawbar.records.desk.message import FactHead, FactKept, MessageKept, fact, facts_of, message

__all__ = ["FactHead", "FactKept", "MessageKept", "fact", "facts_of", "message"]
