"""The shadow audit: bills that were paid elsewhere, judged by the firm's own rules, from files."""

from drawbar.cli.audit.command import audit

__all__ = ["audit"]
