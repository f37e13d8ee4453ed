"""Compile the functions of the loop so that they are optimised once, in the loop, and not once per caller.

Numba links into every function all that it calls, optimises the whole and emits machine code for it, whether or not
anybody will ever call it alone. So a function at the bottom of the loop is optimised as often as there are functions
above it. A *part* stays as it is, in LLVM's intermediate form: the first ordinary function that calls it, the loop,
gets the part with all that the part calls, once, and is optimised as a whole.

Parts use inner classes of Numba. `works` tries them on two small functions; where that fails, because a version of
Numba differs, parts are compiled like all other functions: it takes three times as long and gives the same results.
"""

import functools
import importlib
from typing import Any

import numba

# How much of Numba is typed differs between its versions; what is used of it here is not typed in any.
_njit: Any = numba.njit
_dynfunc: Any = importlib.import_module("numba._dynfunc")
_codegen: Any = importlib.import_module("numba.core.codegen")
_compiler: Any = importlib.import_module("numba.core.compiler")
_passes: Any = importlib.import_module("numba.core.compiler_machinery")
_typed_passes: Any = importlib.import_module("numba.core.typed_passes")


class PartLibrary(_codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code that is only ever linked into other code."""

    def add_llvm_module(self, ll_module: Any) -> None:
        """Take in the function's code as it is."""
        self._final_module.link_in(ll_module)

    def finalize(self) -> None:
        """Let callers link the code: they may all have their copy."""
        self._raise_if_finalized()
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage.name == "external":
                function.linkage = "linkonce_odr"
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        """Return the code with all that it calls, directly or not."""
        module = self._final_module.clone()
        for library in self._called():
            own = isinstance(library, PartLibrary)
            module.link_in(library._final_module if own else library._get_module_for_linking(), preserve=True)
        return module

    def _called(self) -> list[Any]:
        """Libraries of all that is called; an ordinary one contains already what it calls itself."""
        found: dict[Any, None] = {}
        waiting = list(self._linking_libraries)
        while waiting:
            library = waiting.pop()
            if library not in found and library is not self:
                found[library] = None
                if isinstance(library, PartLibrary):
                    waiting += library._linking_libraries
        return list(found)


@_passes.register_pass(mutates_CFG=True, analysis_only=False)
class PartLowering(_typed_passes.NativeLowering):  # type: ignore[misc]
    """Make a part's code, and an entry by which compiled callers find it; there is no machine code behind it."""

    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower the function that Numba is compiling."""
        state.library = PartLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        lowered, described = state["cr"], state["cr"].fndesc
        name = described.qualname.split(".")[-1]
        entry = _dynfunc.make_function(described.lookup_module(), name, "", 0, lowered.env, (state.library,))
        state.targetctx.insert_user_function(entry, described, [state.library])
        state["cr"] = lowered._replace(cfunc=entry)
        return True


class AlwaysPart(_compiler.CompilerBase):  # type: ignore[misc]
    """Numba's steps, with the last one replaced."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps."""
        manager = _passes.PassManager("part")
        for step, reason in _compiler.DefaultPassBuilder.define_nopython_pipeline(self.state).passes:
            manager.add_pass(PartLowering if step is _typed_passes.NativeLowering else step, reason)
        manager.finalize()
        return [manager]


class Part(AlwaysPart):
    """Compile a part, or an ordinary function where this version of Numba cannot have parts."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps."""
        if works():
            return super().define_pipelines()
        return [_compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)]


@functools.cache
def works() -> bool:
    """Try parts on two small functions."""
    options = {"_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": AlwaysPart}
    half: Any = _njit(_half, **options)
    quarter: Any = _njit(lambda x: half(half(x)), **options)
    both: Any = _njit(lambda x: quarter(x) + half(x))
    try:
        return bool(both(8.0) == 6.0)
    except Exception:  # whatever Numba raises: the ordinary way is always there
        return False


def _half(x: float) -> float:
    return 0.5 * x
