"""How fast Drawbar is: each bench prints ratios to a limit that is measured in the same run."""
