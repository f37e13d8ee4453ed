"""Pages of studies, from results that are made up."""
