"""What people look up: streams and their stories, lists to work through, balances, counts.

Read only; one module per noun, small functions that return frozen rows.
"""
