"""Release 004010 of X12, as tables: what most North American carriers still speak."""
