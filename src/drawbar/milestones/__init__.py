"""What happened on the road: reports of many sources, made into one account of each stop.

The same reports give the same account, in whatever order they came in.
"""
