"""What needs a person: whose desk it is, until when, and which cases have one cause.

Every kind of case has an owner; nothing waits on nobody's desk.
"""
