"""Write the reference pages of the documentation from the code: ``python -m docs.make_reference``."""

from pathlib import Path

from docs.reference import configuration, experiments, figures, kpis, sensitivity, tables

DOCS = Path(__file__).resolve().parent

PAGES = {
    "kpis.md": kpis.write,
    "tables.md": tables.write,
    "configuration.md": configuration.write,
    "experiments.md": experiments.write,
    "figures.md": figures.write,
    "sensitivity.md": sensitivity.write,
}
"""What writes each page."""


def main() -> None:
    """Write every page whose text has changed."""
    for name, write in PAGES.items():
        file, text = DOCS / name, write()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"written: docs/{name}")


if __name__ == "__main__":
    main()
