"""The doors for people and programs: the API under ``/v1`` and the desks' pages.

Translation only: what is owed, paid or refused is decided behind ``engine``.
"""
