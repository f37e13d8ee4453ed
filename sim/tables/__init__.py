"""What the tables of a replication, and every table that is written, hold: columns, types, units, meanings."""
