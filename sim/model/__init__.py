"""The job centre: its parameters, its people and its rules. Knows nothing of files, engines or output."""
