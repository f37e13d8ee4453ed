"""What `docs.fill_systems` puts into the tables of pages: one module for each kind of thing that they show."""
