"""The one writer of CSV files, in both forms."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import UsageError
from sim.store.csv_file import FORMS, form_of, write_csv

NAMES = ("name", "number", "share", "known")
COLUMNS = (["før, nu", "a;b", 'the "old"'], [7, -1, 2**40], [0.1, float("nan"), 1.5e-9], [True, None, False])


def test_the_two_forms(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_csv(path, NAMES, COLUMNS)
    assert path.read_bytes().decode("utf-8") == (
        'name,number,share,known\n"før, nu",7,0.1,true\na;b,-1,,\n"the ""old""",1099511627776,1.5e-09,false\n'
    )
    write_csv(path, NAMES, COLUMNS, "da")
    assert path.read_bytes().decode("utf-8") == (
        '\ufeffname;number;share;known\nfør, nu;7;0,1;true\n"a;b";-1;;\n"the ""old""";1099511627776;1,5e-09;false\n'
    )


def test_both_hold_the_same_numbers(tmp_path: Path) -> None:
    numbers = list(np.random.default_rng(3).lognormal(0.0, 20.0, 200))  # NumPy's own floats too
    assert FORMS == ("en", "da")
    for form in FORMS:
        path = tmp_path / f"{form}.csv"
        write_csv(path, ("value",), (numbers,), form)
        assert form_of(path) == form
        _, *lines = path.read_text(encoding="utf-8").splitlines()
        assert [float(line.strip('"').replace(",", ".")) for line in lines] == numbers


def test_what_there_is_no_form_of(tmp_path: Path) -> None:
    assert form_of(tmp_path / "none.csv") == "en"
    with pytest.raises(UsageError) as refused:
        write_csv(tmp_path / "a.csv", ("a",), ([1],), "dk")
    assert str(refused.value) == "csv: 'dk' does not exist; there are en, da"
    assert list(tmp_path.iterdir()) == []
