"""Our messages as contracts: what each says, who owns it, who reads it, which version holds.

A schema is generated from the type that the code itself uses, so the two cannot differ.
"""
