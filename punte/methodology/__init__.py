"""Methodology as content: packs, their forms and rules, and the findings they give.

Pure Python: no ORM and no Django model; importable without Django set up.
"""
