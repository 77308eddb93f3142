"""X12 releases up to 003060: what differs from 004010."""
