"""A small valid config, whose lines the tests of error texts change one by one."""

VALID = """\
[run]
start = 2018-01-01
horizon_weeks = 104

[population]
stock = 100

[groups.ready]
benefit = "cash_benefit"
stock_share = 1.0
elapsed_weeks = { gamma = { mean = 20, cv = 0.5 } }
exits.job = { hazard_per_week = 0.01 }

[staffing]
citizens_per_coordinator = 50
net_hours_per_week = 30

[meetings]
preparation_hours = 0.5
conversation_hours = 1
journal_hours = 0.5

[meetings.bookings.invited]
notice_weeks = 3
"""
