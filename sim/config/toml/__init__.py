"""TOML files: reading them, the line of every key, and values that remember where they come from."""
