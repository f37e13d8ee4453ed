"""Numbers about replications: key figures, summaries, comparisons. Knows nothing of engines."""
