"""Columns as arrays: the same numbers as Arrow's own way, without pandas."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from sim.store.arrays import array_of, arrays

COLUMNS = {
    "whole": pa.chunked_array([[1, 2], [3]], pa.int32()),
    "number": pa.chunked_array([[0.5], [float("nan"), 2.0]]),
    "number, some unknown": pa.chunked_array([[0.5, None], [2.0]]),
    "whole, some unknown": pa.chunked_array([[1, None, 3]], pa.int32()),
    "truth": pa.chunked_array([[True], [False, True]]),
    "truth, some unknown": pa.chunked_array([[True, None, False]]),
    "a part of a longer one": pa.chunked_array([[9.0, 0.5, None, 2.0, 9.0]]).slice(1, 3),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_numbers_are_those_that_arrow_gives(name: str) -> None:
    found = array_of(COLUMNS[name])
    expected = COLUMNS[name].to_numpy()
    np.testing.assert_array_equal(found, np.asarray(expected, found.dtype))
    assert found.dtype == (np.float64 if expected.dtype == object else expected.dtype)


def test_names_are_codes_into_their_list_and_none_is_minus_one() -> None:
    names = pa.chunked_array([pa.array(["job", None, "pension", "job"]).dictionary_encode()])
    assert array_of(names).tolist() == [0, -1, 1, 0]
    assert arrays(pa.table({"to": names, "n": [1, 2, 3, 4]}), ["to"]).keys() == {"to"}


def test_a_report_s_runs_are_read_without_pandas(tmp_path: Path) -> None:
    rows = pa.table({"week": [1, 2, None], "open": [True, False, True]})
    import pyarrow.parquet as pq

    pq.write_table(rows, tmp_path / "rows.parquet")
    code = (
        "import sys, pyarrow.parquet as pq; from sim.store.arrays import arrays\n"
        "with pq.ParquetFile(sys.argv[1]) as file: arrays(file.read(), ['week', 'open'])\n"
        "sys.exit('pandas' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "rows.parquet"], check=True)
