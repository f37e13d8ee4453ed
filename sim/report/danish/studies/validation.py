"""Pages of validations in Danish."""

from collections.abc import Mapping

VALIDATION: Mapping[str, str] = {
    "Validation": "Validering",
    "Does the model say what was published?": "Siger modellen det, der er offentliggjort?",
    "{count} figures of {name}.": "{count} tal fra {name}.",
    "{draws} draws of the parameters, {count} replications of each.": (
        "{draws} trækninger af parametrene, {count} gennemløb af hver."
    ),
    "**Only figures that were not used are evidence.** Those that were calibrated to agree because the parameters were "
    "chosen so; disagreement there is against the model.": (
        "**Kun tal, der ikke er brugt, beviser noget.** Dem, der er kalibreret til, stemmer, fordi parametrene er valgt sådan; "
        "stemmer de ikke, taler det imod modellen."
    ),
    "Published figures beside the model": "Offentliggjorte tal ved siden af modellen",
    "**{inside} of {count}** published figures that were not calibrated to lie in the 95 % interval of what the model lets "
    "expect, {half} in the 50 % interval.": (
        "**{inside} af {count}** offentliggjorte tal, der ikke er kalibreret til, ligger i 95 %-intervallet for, hvad modellen "
        "lader vente, {half} i 50 %-intervallet."
    ),
    "Figures kept back and looked up by nobody here: {count}. What stands here of them is a forecast.": (
        "Tal, der er holdt tilbage, og som ingen her har slået op: {count}. Hvad der står om dem, er en forudsigelse."
    ),
    "**{inside} of {count}** figures that were kept back lie in the 95 % interval of the forecast, {half} in the 50 % "
    "interval.": (
        "**{inside} af {count}** tal, der var holdt tilbage, ligger i forudsigelsens 95 %-interval, {half} i 50 %-intervallet."
    ),
    "The model's forecast was better than both naive ones for {better} of {count}.": (
        "Modellens forudsigelse var bedre end begge de naive for {better} af {count}."
    ),
    "What was published and what the model says": "Hvad der er offentliggjort, og hvad modellen siger",
    "Each row has its own axis from 0. Pale bar: where the figure could be published (95 %, with sampling error and what "
    "the model leaves out). Dot and dark line: expected, with what is not known of the parameters (95 %). Diamond: as "
    "published; its line is the rounding.": (
        "Hver række har sin egen akse fra 0. Lys bjælke: hvor tallet kunne blive offentliggjort (95 %, med stikprøvefejl og det, "
        "modellen udelader). Prik og mørk streg: forventet, med det, man ikke ved om parametrene (95 %). Rude: som "
        "offentliggjort; dens streg er afrundingen."
    ),
    "Calibrated to: agreement is no evidence": "Kalibreret til: at det stemmer, beviser intet",
    "Published, and not calibrated to": "Offentliggjort og ikke kalibreret til",
    "Follows from the inputs": "Følger af inddata",
    "Kept back until the forecast stood": "Holdt tilbage, til forudsigelsen stod fast",
    "calibrated": "kalibreret",
    "predicted": "forudsagt",
    "identity": "identitet",
    "kept back": "holdt tilbage",
    "figure": "tal",
    "figures": "tal i alt",
    "looked up": "slået op",
    "could be published": "kunne offentliggøres",
    "lies in": "ligger",
    "forecast, 95 %": "forudsigelse, 95 %",
    "outside the 95 % interval": "uden for 95 %-intervallet",
    "in the {level} % interval": "i {level} %-intervallet",
    "in the 50 % interval": "i 50 %-intervallet",
    "in the 80 % interval": "i 80 %-intervallet",
    "in the 95 % interval": "i 95 %-intervallet",
    "How far the forecasts were off": "Hvor langt forudsigelserne ramte ved siden af",
    "Continuous ranked probability score of each forecast, in the figure's unit: smaller is better. Same as control: the "
    "control group's published figure comes again. No effect: what the model says of the control group.": (
        "Continuous ranked probability score for hver forudsigelse, i tallets enhed: mindre er bedre. Som kontrolgruppen: "
        "kontrolgruppens offentliggjorte tal kommer igen. Ingen effekt: hvad modellen siger om kontrolgruppen."
    ),
    "the model": "modellen",
    "same as control": "som kontrolgruppen",
    "no effect": "ingen effekt",
    "{model} (model)": "{model} (model)",
    "best: {name}": "bedst: {name}",
    "How many lie where the model expects them": "Hvor mange der ligger, hvor modellen venter dem",
}
