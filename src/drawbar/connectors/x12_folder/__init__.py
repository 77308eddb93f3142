"""A partner who speaks X12 over files in folders: a carrier, or a customer who tenders to us."""
