"""Drawbar."""
