"""Steps: what changes only one record, and neither what happens next nor when. Both engines call them.

A record is an object of the reference engine or a record of the compiled one; their fields bear the same names.
Parameters are tuples to the one engine and records to the other, again with the same names.
"""

from typing import Any

Record = Any
"""A citizen, a coordinator, or a tuple of parameters, as the engine at work knows it."""
