"""Incidence: the share of citizens that reaches something within so many weeks."""
