"""From the event log to what somebody did and went through: activities with start and end, waits, reasons, lives."""
