"""Event logs as files of process mining: CSV, XES (IEEE 1849) and OCEL 2.0."""
