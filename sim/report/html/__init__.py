"""A report as one HTML file: it loads nothing, opens from a disk, and prints on A4."""
