"""From when on something is worth a line; each with its reason."""

MARGIN = 1.1
"""Before a run: what is wanted over what is there. The sum takes everything as at the start."""
IDLE_SHARE = 0.1
"""Share of the hours that nobody uses: one post in ten."""
DRIFT = 0.2
"""Before a run: change of the stock, as a share. Smaller ones can come from what is left out of the sum."""
DRIFTED = 0.05
"""After a run: change of the stock from the first weeks to the last, as a share. Less changes no conclusion."""
PERIOD_WEEKS = 13
"""The first and the last weeks that are compared: a quarter, the interval between meetings by law."""
FULL_SHARE = 0.99
"""Hours in use from which a coordinator has no spare time; lists of consultants likewise."""
OVERDUE_SHARE = 0.1
"""Share of the stock whose meeting is overdue: beyond what no-shows and absence leave."""
SHORT_SHARE = 0.75
"""Meetings in time, or their length of the planned: one meeting in four late, or a quarter of it cut."""
LESS_TIMELY = 0.1
"""Fall of the share of meetings begun in time, from the first weeks to the last: ten percentage points."""
LONG_WEEKS = 4.0
"""Weeks that work waits, beyond what nobody can shorten: a month."""
HARDLY_EVER = 0.1
"""Per 100 citizen-years: once in a thousand years of a citizen."""
