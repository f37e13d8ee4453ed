"""What a sensitivity study shows: the answer, what moves it, what turns it, and other structures."""

from collections.abc import Sequence

from sim.report.language import Language
from sim.report.view import Cell, Column, Estimate, Interval, Number, View, figure
from sim.report.views.people import sentence
from sim.report.views.section import Code, Section
from sim.report.views.studies.effects import effects
from sim.report.views.studies.looked import Looked, main_of
from sim.report.views.studies.moved import structures_picture, switching_picture, tornado_picture
from sim.report.views.studies.study import StudyPages
from sim.report.views.studies.words import stated, value_text
from sim.study.sensitivity.reading import SensitivityFound


def sensitivity_pages(language: Language, of: SensitivityFound) -> StudyPages:
    """Make the pages of a sensitivity study."""
    outcomes = [Looked(language, of, name) for name in dict.fromkeys(row.outcome for row in of.answers)]
    question = stated(language, of.question) or language.say("What does the answer depend on?")
    count = len({bar.parameter for bar in of.bars})
    names = {"a": _plain(of.variant), "b": _plain(of.baseline), "parameters": count, "count": language.number(of.replications)}  # fmt: skip
    if of.variant:
        sub = language.say("{a} against {b}: {parameters} assumptions, moved one at a time, {count} paired runs each.", **names)  # fmt: skip
    else:
        sub = language.say("{b}: {parameters} assumptions, moved one at a time, {count} runs each.", **names)
    band = language.say(
        "**What is believed of the assumptions is itself assumed**, as the sources in the tables say. The intervals cover "
        "chance alone."
    )
    lead = tuple(
        language.say("The table {name} is of another state of the file, and is left out.", name=name)
        for name in of.outdated
    )
    one_by_one = [tornado_picture(language, of, outcomes)]
    if of.switching:
        one_by_one.append(switching_picture(language, of, outcomes))
    sections = [
        Section(
            "sensitivity", language.say("Sensitivity"), language.say("What the answer depends on"), lead=lead,
            tables=(in_short(language, outcomes),),
        ),
        Section("moved", language.say("One by one"), language.say("One assumption at a time"), pictures=tuple(one_by_one)),
    ]  # fmt: skip
    if len(of.structures) > 1:
        pictures = (structures_picture(language, of, outcomes),)
        sections.append(Section("structures", language.say("Structures"), language.say("Other structures"), pictures=pictures))  # fmt: skip
    together = tuple(effects(language, of, outcomes))
    if together:
        title = language.say("All assumptions at once")
        sections.append(Section("at_once", language.say("At once"), title, pictures=together))
    sections.append(_made(language, of))
    return StudyPages(question, sub, band, tuple(answer(language, of, outcomes)), tuple(sections))


def answer(language: Language, of: SensitivityFound, outcomes: Sequence[Looked]) -> list[str]:
    """Say what moves the main outcome most, and whether anything turns its sign."""
    main = main_of(of, outcomes)
    scale, row = main.scale, main.answer
    said = []
    largest = main.bars[0]
    said.append(
        language.say(
            "{outcome}: **{value}** ({interval}). It is moved most by **{parameter}**: to {low} at {at_low}, to {high} at {at_high}.",
            outcome=sentence(main.label),
            value=scale.prose(row.mean),
            interval=scale.prose_interval(row.mean_ci95_low, row.mean_ci95_high),
            parameter=stated(language, largest.label),
            low=scale.prose(row.mean + largest.at_low),
            high=scale.prose(row.mean + largest.at_high),
            at_low=value_text(language, largest.low),
            at_high=value_text(language, largest.high),
        )
    )
    if main.has_sign:
        said.append(_of_sign(language, of, main))
    return said


def _of_sign(language: Language, of: SensitivityFound, main: Looked) -> str:
    share = language.number(100.0 * of.interval)
    others = [row for row in main.answers[1:] if row.mean * main.answer.mean < 0.0]
    turned = [stated(language, of.structures[row.alternative]) for row in others]
    if not main.sure:
        return language.say("More runs are needed to know its sign even where nothing is moved.")
    if main.turning:
        named = language.listed([f"**{stated(language, bar.label)}**" for bar in main.turning])
        text = language.say(
            "Within the central {share} % of what is believed of it, each of these turns its sign alone: {list}.",
            share=share,
            list=named,
        )
    else:
        text = language.say(
            "No assumption alone turns its sign within the central {share} % of what is believed of it.", share=share
        )
    if turned:
        return f"{text} {language.say('So does another structure: {list}.', list=language.listed(turned))}"
    if len(main.answers) > 1:
        return f"{text} {language.say('None of the other structures turns it.')}"
    return text


def in_short(language: Language, outcomes: Sequence[Looked]) -> View:
    """Tabulate of every outcome the answer, what moves it most, and what turns its sign alone."""
    rows: list[tuple[Cell, ...]] = []
    for one in outcomes:
        most = ", ".join(stated(language, bar.label) for bar in one.bars[:3])
        if not one.has_sign:
            turns = ""
        elif not one.sure:
            turns = language.say("more runs are needed")
        else:
            turns = ", ".join(stated(language, bar.label) for bar in one.turning) or language.say("none")
        scale, row = one.scale, one.answer
        low, high = (scale.by * value for value in (row.mean_ci95_low, row.mean_ci95_high))
        found = Estimate(
            Number(scale.by * row.mean, scale.decimals, one.signed), Interval(low, high, scale.decimals, one.signed)
        )
        rows.append((sentence(one.label), scale.unit, found, most, turns))
    columns = [
        Column(language.say("outcome")),
        Column(language.say("unit")),
        figure(language.say("answer")),
        Column(language.say("moved most by")),
    ]
    if any(one.has_sign for one in outcomes):
        columns.append(Column(language.say("its sign is turned alone by")))
    else:
        rows = [row[:-1] for row in rows]
    return View(language.say("Every outcome in short"), tuple(columns), tuple(rows))


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _made(language: Language, of: SensitivityFound) -> Section:
    """Say how it was made, and give the file that it follows from."""
    said = language.say(
        "sim {version}, version {rules} of the rules, seed {seed}; {count} replications of every point, with the same random "
        "numbers in all points. The command sim sensitivity FILE makes it again from this file and the configs that it names.",
        version=of.version,
        rules=of.rules,
        seed=of.seed,
        count=language.number(of.replications),
    )
    file = Code(language.say("The whole file of the study"), of.file, folded=True)
    return Section(
        "sensitivity_made", language.say("How made"), language.say("How the study was made"), lead=(said,),
        code=(file,),
    )  # fmt: skip
