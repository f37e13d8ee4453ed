"""The ledger: what a variant costs and saves against a baseline, by calendar year and payer (see docs/money.md)."""

from sim.analysis.ledger.ledger import Ledger

__all__ = ["Ledger"]
