"""What a reader should look at: before a run from its config, after a run from its tables."""
