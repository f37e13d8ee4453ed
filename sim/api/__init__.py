"""The ways in for Python: `sim.run`, `sim.sweep`, `sim.compare`, `sim.ledger`."""
