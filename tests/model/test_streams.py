"""Random streams: the published generator, uniform, independent, and keyed by names."""

import math
import struct

import numpy as np
import pytest
from scipy import stats

from sim.model.decisions import KEYS, Decision, exit_keys, programme_keys
from sim.model.streams import decision_key, person_key, uniform

M32 = 0xFFFFFFFF


def philox_4x32_10(counter: tuple[int, ...], key: tuple[int, int]) -> tuple[int, ...]:
    """Philox 4x32-10 as the paper states it, with unbounded integers and no short cuts."""
    x0, x1, x2, x3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * x0, 2**32)
        high1, low1 = divmod(0xCD9E8D57 * x2, 2**32)
        x0, x1, x2, x3 = high1 ^ x1 ^ k0, low1, high0 ^ x3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return x0, x1, x2, x3


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((M32,) * 4, (M32,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_generator_gives_the_published_known_answers(
    counter: tuple[int, ...], key: tuple[int, int], expected: tuple[int, ...]
) -> None:
    """Known-answer vectors of Random123 (kat_vectors, philox4x32 10)."""
    assert philox_4x32_10(counter, key) == expected
    # A draw takes the first two words of the block; its counter is (n, decision, ordinal, replication).
    a, b = expected[:2]
    n, decision, ordinal, replication = counter
    wide = key[1] << 32 | key[0]
    if wide < 2**63:  # keys have 63 bits
        assert uniform(wide, ordinal, replication, decision, n) == as_uniform(a, b)


def as_uniform(a: int, b: int) -> float:
    return ((a >> 6) * 2**26 + (b >> 6) + 0.5) / 2**52


def test_compiled_draws_equal_plain_python_and_the_paper_bit_for_bit() -> None:
    rng = np.random.default_rng(1)
    plain = getattr(uniform, "py_func", uniform)
    for _ in range(2000):
        key = int(rng.integers(0, 2**63))
        ordinal, replication, decision, n = (int(x) for x in rng.integers(0, 2**32, 4))
        drawn = uniform(key, ordinal, replication, decision, n)
        a, b, *_ = philox_4x32_10((n, decision, ordinal, replication), (key & M32, key >> 32))
        assert struct.pack("d", drawn) == struct.pack("d", plain(key, ordinal, replication, decision, n))
        assert drawn == as_uniform(a, b)


def test_draws_lie_strictly_inside_the_unit_interval() -> None:
    lowest, highest = as_uniform(0, 0), as_uniform(M32, M32)
    assert lowest > 0.0
    assert highest < 1.0
    assert 1.0 - highest > 0.0
    assert math.isfinite(math.log(1.0 - highest))


def draws(**varied: range) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Draws with one argument varied and the others fixed."""
    fixed = {
        "key": person_key(7, "citizen", "ready", "stock"),
        "ordinal": 3,
        "replication": 5,
        "decision": decision_key("no_show"),
        "n": 2,
    }
    ((name, values),) = varied.items()
    return np.array([uniform(**{**fixed, name: value}) for value in values])


VARIED = ["ordinal", "replication", "n", "decision", "key"]


@pytest.mark.parametrize("name", VARIED)
def test_draws_are_uniform_whatever_is_varied(name: str) -> None:
    """Kolmogorov-Smirnov and chi-square over 200 cells, 40,000 draws, fixed keys.

    Power: a density 3.5 % too high on half of the interval would give p < 1e-4 with probability above 0.99.
    """
    u = draws(**{name: range(40_000)})
    assert stats.kstest(u, "uniform").pvalue > 1e-4
    counts = np.histogram(u, 200, (0, 1))[0]
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("name", VARIED)
def test_neighbours_are_independent(name: str) -> None:
    """Neighbouring draws fill the unit square evenly (chi-square on 20 x 20 cells, 40,000 pairs).

    Power: a correlation of 0.04 between neighbours would give p < 1e-4 with probability above 0.95.
    """
    u = draws(**{name: range(40_001)})
    counts = np.histogram2d(u[:-1], u[1:], 20, [(0, 1), (0, 1)])[0]
    assert stats.chisquare(counts.ravel()).pvalue > 1e-4
    correlation = np.corrcoef(u[:-1], u[1:])[0, 1]
    assert abs(correlation) < 4.0 / math.sqrt(40_000)


def test_the_draws_of_different_decisions_are_independent() -> None:
    """All pairs of decisions over 2,000 persons: every correlation within 5 / sqrt(2000) = 0.11.

    Power: a true correlation of 0.2 between any two decisions is found with probability above 0.99.
    """
    key = person_key(7, "citizen", "ready", "inflow")
    u = np.array([[uniform(key, i, 0, decision, 0) for decision in KEYS] for i in range(2000)])
    correlations = np.corrcoef(u, rowvar=False) - np.eye(len(KEYS))
    assert np.abs(correlations).max() < 5.0 / math.sqrt(2000)


def test_keys_come_from_names_alone() -> None:
    assert person_key(1, "citizen", "a", "stock") == person_key(1, "citizen", "a", "stock")
    others = [
        person_key(2, "citizen", "a", "stock"),
        person_key(1, "citizen", "b", "stock"),
        person_key(1, "citizen", "a", "inflow"),
        person_key(1, "citizen", "as", "tock"),
        person_key(1, "coordinator", "a"),
    ]
    assert len({person_key(1, "citizen", "a", "stock"), *others}) == 6
    assert all(0 <= key < 2**63 for key in others)
    # Committed: a change of these numbers would silently change every result ever published.
    assert person_key(20180101, "citizen", "activity_ready", "stock") == 1655964283335135189
    assert decision_key("no_show") == 109463317


def test_no_two_decisions_share_a_stream() -> None:
    keys = list(KEYS)
    for hazard in ("job", "education", "fleksjob", "pension", "resource_course", "other", "small_job"):
        for level in range(24):
            keys += exit_keys(hazard, level)
    for programme in ("mentor", "course"):
        keys += programme_keys(programme)
    assert len(set(keys)) == len(keys)
    assert len(KEYS) == len(Decision)
