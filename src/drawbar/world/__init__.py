"""A small world of trading partners: real processes that speak over real sockets and files.

It shares nothing with the product but the trade's words, so that it can prove the product wrong.
"""
