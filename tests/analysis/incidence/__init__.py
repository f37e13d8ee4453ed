"""Incidence: the estimator by hand and against statsmodels, the table, its summary."""
