"""Limits that configs state and files obey."""

MOST_REPLICATIONS = 1_000_000
"""Of one run; lies far beyond what anybody simulates."""
