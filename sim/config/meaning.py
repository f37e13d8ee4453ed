"""What a key means, in the words of the schema."""

from sim.config.schema.meanings import meaning_of
from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import KeyPath


def meaning(path: KeyPath) -> str:
    """Give the first sentence of what the schema says of a key; empty: nothing.

    Parameters
    ----------
    path
        Of a key, such as ``("staffing", "citizens_per_coordinator")``.
    """
    *table, key = path
    section = CONFIG.at(tuple(table)).section
    text = ""
    if section is not None and str(key) in section.model_fields:
        text = meaning_of(section, str(key))
    if not text:
        own = CONFIG.at(path).section
        text = (own.__doc__ or "") if own is not None else ""
    words = " ".join(text.split())
    return words.partition(". ")[0].rstrip(".")
