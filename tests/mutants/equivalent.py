"""Checks without which nothing is different, and why: `{name of the mutant: reason}`."""

EQUIVALENT = {}
