"""A container line that tells where its boxes are by DCSA Track & Trace. It is only read."""
