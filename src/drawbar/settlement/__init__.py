"""Whom we pay, when, and less what: vouchers, disputes, claims and credits.

A payment is never below zero, and nothing that was billed disappears without a word.
"""
