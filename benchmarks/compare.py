"""Everything side by side, in one run: ``python -m benchmarks.compare``.

Times of replications are CPU seconds of a process of their own, the least of several where there is time for
several, so other work on the machine disturbs little; times of whole batches are seconds by the clock. Whoever has
no salabim, Ciw or C compiler gets the other rows.
"""

import argparse
import platform

import numpy as np

from benchmarks import batch, contenders, report, scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stocks", default="2600,26000,130000,1300000", help="sizes of the growth table")
    chosen = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, NumPy {np.__version__}")
    for part in (
        contenders.full_model(),
        contenders.common_workload(),
        batch.start_up(),
        batch.shares(),
        batch.workers(),
        report.report(),
        scale.growth([int(stock) for stock in chosen.stocks.split(",")]),
        scale.whole_administration(),
    ):
        for line in part:
            print(line, flush=True)


if __name__ == "__main__":
    main()
