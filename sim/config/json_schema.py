"""The JSON Schema of a config file, for editors that complete and check keys as you type."""

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sim.config.experiment.schema import ExperimentFile
from sim.config.schema import Config
from sim.config.schema.base import EVERY_GROUP, EXTENDS, OFF, OneOf, Section
from sim.config.schema.changes import ConfigFile
from sim.config.schema.meanings import meaning_of
from sim.config.schema.shape import CONFIG, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OFF: JsonSchemaValue = {"const": OFF, "description": "Switched off."}


def json_schema() -> dict[str, Any]:
    """Describe a config *file* in JSON Schema (draft 2020-12).

    A file may hold less than a whole config: the rest comes from the file it extends and from `every_group`.
    So keys are required only inside tables that are replaced whole, and sections only of a file that extends
    no other.
    """
    schema = ConfigFile.model_json_schema(schema_generator=_FileSchema)
    definitions: dict[str, Any] = schema["$defs"]
    for section in set(_merged_sections(CONFIG)):
        definitions.get(section.__name__, schema).pop("required", None)
    for form in OneOf.__subclasses__():
        if form.__name__ in definitions:
            _exactly_one(definitions[form.__name__])
    of_the_file = {
        EXTENDS: {
            "type": "string",
            "description": "The config that this one starts from; the path is relative to this file.",
        },
        EVERY_GROUP: {
            "$ref": "#/$defs/EveryGroup",
            "description": "Values for every group that states none.",
        },
    }
    # [every_group] extends no group, so it has a definition of its own.
    definitions["EveryGroup"] = definitions["Group"]
    of_a_group = {"type": "string", "description": "Another group, whose keys this one takes unless it states them."}
    definitions["Group"] = {
        **definitions["Group"],
        "properties": {EXTENDS: of_a_group, **definitions["Group"]["properties"]},
    }
    definitions["ChangeTable"]["properties"][EVERY_GROUP] = of_the_file[EVERY_GROUP]
    needed = [name for name, field in Config.model_fields.items() if field.is_required()]
    return {
        "$schema": DIALECT,
        "title": "Config of a job centre",
        **{key: value for key, value in schema.items() if key not in ("$defs", "title")},
        "properties": of_the_file | schema["properties"],
        "anyOf": [{"required": [EXTENDS]}, {"required": needed}],
        "$defs": definitions,
    }


def experiment_schema() -> dict[str, Any]:
    """Describe an experiment file in JSON Schema (draft 2020-12)."""
    schema = ExperimentFile.model_json_schema(schema_generator=_ExperimentSchema)
    definitions: dict[str, Any] = schema["$defs"]
    _exactly_one(definitions["Design"])
    forms = ({"required": ["values"]}, {"required": ["levels"]}, {"required": ["min", "max"]})
    definitions["Factor"]["oneOf"] = list(forms)
    return {
        "$schema": DIALECT,
        "title": "Experiment",
        **{key: value for key, value in schema.items() if key != "title"},
        "$defs": definitions,
    }


class _FileSchema(GenerateJsonSchema):
    """The schema of a file: the word "none" where something can be switched off, and no defaults that are tables."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written, section = super().model_schema(schema), schema["cls"]
        for name, of_field in written.get("properties", {}).items():
            if name in section.model_fields and (meaning := meaning_of(section, name)):
                of_field["description"] = meaning
        return written

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return {"anyOf": [self.generate_inner(schema["schema"]), _OFF]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        written = super().dict_schema(schema)
        entry = written.get("additionalProperties")
        if isinstance(entry, dict) and "$ref" in entry:  # Tables by name: an entry can be switched off.
            written["additionalProperties"] = {"anyOf": [entry, _OFF]}
        return written

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        written = super().default_schema(schema)
        if written.get("default") is None or isinstance(written["default"], dict):
            written.pop("default", None)
        return written

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, OneOf):
            name, form = dft.form
            return form if name == "constant" else None
        return super().encode_default(dft)

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


class _ExperimentSchema(_FileSchema):
    """In an experiment nothing is switched off: what is absent is left out."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _merged_sections(shape: Shape) -> Iterator[type[Section]]:
    """Find the sections that are merged key by key, so that one file need not state all their keys."""
    if shape.is_one_of:
        return
    if shape.section is not None:
        yield shape.section
        for key in shape.keys:
            yield from _merged_sections(shape.child(key))
    elif shape.is_named:
        yield from _merged_sections(shape.child(""))


def _exactly_one(definition: dict[str, Any]) -> None:
    """Require exactly one form in a table of forms, and let none be switched off."""
    table = definition["anyOf"][-1] if "anyOf" in definition else definition
    table |= {"minProperties": 1, "maxProperties": 1}
    for name, form in table["properties"].items():
        table["properties"][name] = form["anyOf"][0] if "anyOf" in form else form
