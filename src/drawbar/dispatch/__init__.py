"""Who carries it: release, credit, stock, the question to each carrier, change and cancellation.

Pure decisions: the state comes in, the next state or the reason against it comes out.
"""
