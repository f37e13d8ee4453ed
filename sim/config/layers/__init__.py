"""From files and overrides to one config: merging, checking, the source of every value."""
