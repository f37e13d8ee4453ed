"""Random numbers that belong to people and decisions.

Every draw is a pure function of (seed, kind of person, ordinal, replication, decision, index):
the counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
easy as 1, 2, 3", SC11). Nothing is drawn "next": so no draw moves when another person or another decision
is added, and the same citizen has the same luck in every variant of the same seed.
"""

import hashlib

from sim.model.jit import compiled

_M32 = 0xFFFFFFFF


@compiled
def uniform(key: int, ordinal: int, replication: int, decision: int, n: int) -> float:
    """Draw a uniform number on the open interval (0, 1).

    Parameters
    ----------
    key
        Seed and kind of person, from `person_key`.
    ordinal
        Which person of that kind, 0 to 2**32 - 1.
    replication
        Replication number, 0 to 2**32 - 1.
    decision
        What is decided, from `decision_key`.
    n
        Index of this draw among those of the same person and decision, from 0.

    Returns
    -------
    float
        One of 2**52 equidistant numbers; the same arguments always give the same one.
    """
    # Plain integers masked to 32 bits at once, so that Python's unbounded integers and a compiler's
    # wrapping int64 give the same bits.
    c0, c1, c2, c3 = n & _M32, decision & _M32, ordinal & _M32, replication & _M32
    k0, k1 = key & _M32, (key >> 32) & _M32
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = ((p1 >> 32) & _M32) ^ c1 ^ k0, p1 & _M32, ((p0 >> 32) & _M32) ^ c3 ^ k1, p0 & _M32
        k0 = (k0 + 0x9E3779B9) & _M32
        k1 = (k1 + 0xBB67AE85) & _M32
    # 52 bits and a half: strictly inside (0, 1), and 1 - u is exact and inside it too.
    return ((c0 >> 6) * 67108864.0 + (c1 >> 6) + 0.5) * (1.0 / 4503599627370496.0)


def person_key(seed: int, *kind: str) -> int:
    """Key of a kind of person, such as ``("citizen", "activity_ready", "inflow")``, under a seed.

    Returns
    -------
    int
        63 bits of a BLAKE2b hash; names, not positions, decide it, so a new kind moves no other.
    """
    text = "\0".join((str(seed), *kind)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little") >> 1


def decision_key(name: str) -> int:
    """Key of a decision by its name, such as ``"no_show"``: 32 bits of a BLAKE2b hash."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")
