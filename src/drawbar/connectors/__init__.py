"""The systems around us, each behind the same few verbs.

One folder per system: what it can do (manifest), what its words mean (mapping), how to talk.
"""
