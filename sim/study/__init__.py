"""What to run next: points evaluated in memory, sweeps, runs that are as precise as asked, comparisons."""
