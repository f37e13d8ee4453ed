"""What to run next, and what runs say together: comparisons."""
