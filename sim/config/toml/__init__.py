"""TOML files: reading them, the line of every key, values that remember where they come from."""
