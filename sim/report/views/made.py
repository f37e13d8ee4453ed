"""What a result rests on and how it was made: assumptions with sources, STRESS-DES, how to make it again."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.config.canonical import stated
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.comments import ASSUMPTION, SOURCE_TAG
from sim.config.toml.key_lines import KeyPath, split_key
from sim.config.toml.toml_text import key_text, value_text
from sim.report.language import Language
from sim.report.view import Cell, Column, View
from sim.report.views.axes import time_text
from sim.report.views.changed import changed, changed_view
from sim.report.views.section import Code, Fact, Folded, Section
from sim.report.views.shown import Shown, Variant

_FITTED = f"{ASSUMPTION} (fitted)"


def assumptions(of: Shown) -> Section:
    """Show what differs between the variants, and every figure with what the config's files say of it."""
    language, base = of.language, of.baseline
    tables: list[View] = []
    for variant in of.variants if base is not None else ():
        assert base is not None
        tables.append(changed_view(language, changed(variant.config, base.config), (variant.label, base.label)))
    first = of.variants[0]
    basis = first.run.manifest.basis
    unsourced = {key: text for key, text in basis.items() if ASSUMPTION in text}
    sourced = {key: text for key, text in basis.items() if key not in unsourced and SOURCE_TAG.search(text)}
    lead = language.say(
        "The config's files give a source for {sourced} figures or tables, mark {assumed} as assumptions, and of these "
        "say of {fitted} that they were fitted by hand. The sources in brackets are explained in docs/evidence.md.",
        sourced=language.number(len(sourced)),
        assumed=language.number(len(unsourced)),
        fitted=language.number(sum(_FITTED in text for text in unsourced.values())),
    )
    if not basis:
        lead = language.say(
            "The run does not say what its figures rest on: it was made from Python or by an earlier version."
        )
    folded = [
        Folded(language.say("Figures without a source ({count})", count=len(unsourced)), _basis_view(language, first, unsourced)),
        Folded(language.say("Figures with a source ({count})", count=len(sourced)), _basis_view(language, first, sourced)),
    ]  # fmt: skip
    return Section(
        "assumptions", language.say("Assumptions"), language.say("What differs, what is assumed, and on what grounds"),
        lead=(lead,), tables=tuple(tables), folded=tuple(folded if basis else ()),
    )  # fmt: skip


def _basis_view(language: Language, variant: Variant, basis: Mapping[str, str]) -> View:
    rows: list[tuple[Cell, ...]] = [(key, _value_at(variant, key), text) for key, text in basis.items()]
    headings = (language.say("key"), language.say("value"), language.say("what the file says"))
    return View(language.say("As the config's files have it"), tuple(Column(h) for h in headings), tuple(rows))


def _value_at(variant: Variant, key: str) -> str:
    """Write the value of a key in the effective config; of a table that it is one."""
    value: Any = variant.run.config
    path = key_path(key)
    for part in path:
        there = (
            part in value if isinstance(value, Mapping) else isinstance(value, list) and part in range(len(value))
        )
        if not there:
            return ""
        value = value[part]
    if isinstance(value, Mapping) and not CONFIG.at(path).is_one_of:
        text = value_text(stated(value))
        return text if len(text) <= _LONGEST else "(table)"
    return value_text(stated(value)) if value is not None else '"none"'


def key_path(key: str) -> KeyPath:
    """Split a key as `key_text` writes it, positions in lists too: ``a.b[0].c``."""
    path: list[str | int] = []
    for i, piece in enumerate(_POSITION.split(key)):
        if piece:
            path += [int(piece)] if i % 2 else split_key(piece)
    return tuple(path)


_POSITION = re.compile(r"\[(\d+)\]\.?")
_LONGEST = 90
"""Letters up to which a table is written in full."""


def made(of: Shown) -> Section:
    """Say how it was made, under the headings of STRESS-DES (Monks et al. 2019)."""
    language, first = of.language, of.variants[0]
    config, manifest = first.config, first.run.manifest
    last = manifest.runs[-1] if manifest.runs else {}
    libraries = ", ".join(f"{name} {version}" for name, version in last.get("libraries", {}).items())
    warm_up = config.run.warm_up_weeks
    begin = (
        language.say("{weeks} weeks are simulated before the start and left out of every figure.", weeks=warm_up)
        if warm_up
        else language.say("The stock is there at the start, in mid-course; there is no warm-up.")
    )
    facts = (
        Fact(
            language.say("Objectives"),
            language.say(
                "To say what a policy of staffing or organisation brings citizens and costs the municipality, as it "
                "comes out of caseworkers' finite hours. Outputs: the key figures, shares and money of this report."
            ),
        ),
        Fact(
            language.say("Logic"),
            language.say(
                "Citizens arrive, are invited to meetings, call, are clarified, wait for the rehabilitation team, go "
                "into internships and leave by competing ways. Tasks wait for the hours of those who do them; the effect "
                "of a caseload follows from that. Variants share their random numbers: the same citizens with the same "
                "luck. Model, ODD protocol and full checklist: docs/model.md, docs/odd.md, docs/stress_des.md."
            ),
        ),
        Fact(
            language.say("Data"),
            language.say("The figures of the configs, with the sources that their files state: see above."),
        ),
        Fact(
            language.say("Experimentation"),
            begin
            + " "
            + language.say(
                "Run length {time} from {start}. {count} replications of each variant, seed {seed}. Intervals: 95 %, of "
                "the mean over replications; of differences paired by replication.",
                time=time_text(language, first.horizon),
                start=config.run.start.isoformat(),
                count=language.number(of.replications),
                seed=manifest.seed,
            ),
        ),
        Fact(
            language.say("Implementation"),
            language.say(
                "sim {version}, version {rules} of the rules, engine {engine}, Python {python}, {libraries}; {platform}; "
                "run on {day}.",
                version=last.get("version", "?"),
                rules=manifest.rules,
                engine=last.get("engine", "?"),
                python=last.get("python", "?"),
                libraries=libraries or "?",
                platform=last.get("platform", "?"),
                day=str(last.get("started", "?"))[:10],
            ),
        ),
        Fact(
            language.say("Code"),
            language.say(
                "MIT licence; CITATION.cff says how to cite. Commit {commit}.", commit=last.get("commit") or "?"
            ),
        ),
    )
    lead = language.say("Under the headings of STRESS-DES, the reporting guideline for discrete-event simulation.")
    return Section("made", language.say("How made"), language.say("How it was made"), lead=(lead,), facts=facts)


def reproduce(of: Shown, money: Path | None = None) -> Section:
    """Give the commands that make the runs and this report again, and the whole effective configs."""
    language = of.language
    commands = []
    for variant in of.everyone:
        typed = variant.run.manifest.typed("run", "sweep", "compare")
        commands.append(_short(typed[-1]) if typed else f"# {variant.run.name}: Python")
    names = [variant.run.directory.as_posix() for variant in of.everyone]
    report = f"sim report {' '.join(dict.fromkeys(names))}"
    if of.baseline is not None:
        report += f" --baseline {of.baseline.run.name}"
    report += f" --language {language.code}" + (f" --money {money.as_posix()}" if money else "")
    code = [Code(language.say("The commands"), "\n".join((*dict.fromkeys(commands), report)))]
    for variant in of.everyone:
        caption = language.say("The whole effective config of {name}", name=variant.label)
        code.append(Code(caption, config_lines(variant), folded=True))
    lead = language.say(
        "The same config and seed give the same results to the last bit, on any machine and with any number of workers."
    )
    return Section(
        "reproduce", language.say("Reproduce"), language.say("How to make it again"), lead=(lead,), code=tuple(code)
    )


def _short(command: str) -> str:
    """Call the program by its name, however it was started."""
    return _PROGRAM.sub("sim", command, count=1)


_PROGRAM = re.compile(r"""^['"]?\S*?(?:python[\w.]*['"]? -m sim|[/\\]sim(?:\.exe)?['"]?)(?= )""")


def config_lines(variant: Variant) -> str:
    """Write every effective value on a line of its own, as it would stand in a file."""
    return "\n".join(f"{key_text(path)} = {text}" for path, text in _leaves(variant.run.config, CONFIG, ()))


def _leaves(value: Any, shape: Shape, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, Mapping) and value and not shape.is_one_of:
        for key, item in value.items():
            yield from _leaves(item, shape.child(key), (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for i, item in enumerate(value):
            yield from _leaves(item, shape.child(i), (*path, i))
    else:
        yield path, '"none"' if value is None else value_text(stated(value))
