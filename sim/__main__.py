"""``python -m sim`` is ``sim``."""

from sim.cli.start import start

if __name__ == "__main__":
    start()
