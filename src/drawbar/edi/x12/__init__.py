"""X12, the North American EDI standard: its syntax, its sets and our reading of them."""
