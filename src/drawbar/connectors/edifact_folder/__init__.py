"""A carrier who speaks EDIFACT over files: instructions out, answers, status and invoices in."""
