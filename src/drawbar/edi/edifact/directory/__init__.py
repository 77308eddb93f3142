"""The tables of UN/EDIFACT that we read by, D.96A to D.21B taken together."""
