"""Files of a run: table schemas, atomic writing, the manifest, and reading back."""
