"""X12 release 005010: what differs from 004010."""
