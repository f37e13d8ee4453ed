"""Records in plain memory: how the compiled loop reaches a citizen or a post by number.

All state lies in NumPy arrays of records. The loop gets one record, the world, in which the arrays' addresses
stand; ``citizen(w, i)`` is the address of the i-th citizen. Passing one pointer instead of twenty arrays is what
makes a call cost a nanosecond. Under ``NUMBA_DISABLE_JIT=1`` the same functions return views of the arrays.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj
from numpy.typing import NDArray

from sim.model.jit import PART

World = Any
"""The world's record (compiled) or `PlainWorld`."""
Record = Any
"""One record of an array: attributes are its fields."""
compiler: Any = numba
"""Numba, whose types do not tell all its options."""
arrays: Any = arrayobj
helpers: Any = cgutils
F = TypeVar("F", bound=Callable[..., Any])
LINE_BYTES = 64
"""Bytes that a processor fetches from memory at a time."""
PREFETCHED_LINES = 5
_BYTE, _INT64 = ir.IntType(8), ir.IntType(64)


def jitted(function: F) -> F:
    """Compile a function of the loop (nothing in it is reference-counted: there are only addresses)."""
    return cast("F", compiler.njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **PART)(function))


def aligned_array(size: int, record: np.dtype[np.void]) -> NDArray[np.void]:
    """Make an array of records, not filled, that begins with a line of the processor's cache."""
    buffer = np.empty(size * record.itemsize + LINE_BYTES, np.uint8)
    first = -buffer.ctypes.data % LINE_BYTES
    return buffer[first : first + size * record.itemsize].view(record)


def inline(function: F) -> F:
    """Compile a short function of the loop's innermost work into each place that calls it."""
    made = compiler.njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True, **PART)
    return cast("F", made(function))


class Row:
    """A record as Python sees it: fields are plain numbers, or views where a field is an array.

    Raises
    ------
    IndexError
        If the array has no such record. Compiled code does not look, so what plain Python ran is what was checked.
    """

    __slots__ = ("_array", "_index")
    _array: NDArray[np.void]
    _index: int

    def __init__(self, array: NDArray[np.void], index: int) -> None:
        if not 0 <= index < len(array):
            raise IndexError(f"record {index} of {len(array)}")
        object.__setattr__(self, "_array", array)
        object.__setattr__(self, "_index", index)

    def __getattr__(self, field: str) -> Any:
        column = self._array[field]
        if column.dtype.names:
            return Row(column, self._index)
        value = column[self._index]
        return value if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, field: str, value: object) -> None:
        self._array[field][self._index] = value._array[value._index] if isinstance(value, Row) else value


class PlainWorld(Row):
    """The world as Python sees it, with the arrays whose addresses it holds."""

    __slots__ = ("arrays",)
    arrays: dict[str, NDArray[np.void]]

    def __init__(self, array: NDArray[np.void], arrays: dict[str, NDArray[np.void]]) -> None:
        super().__init__(array, 0)
        object.__setattr__(self, "arrays", arrays)


def accessor(world: np.dtype[np.void], field: str, record: np.dtype[np.void]) -> Callable[[World, int], Record]:
    """Make the function that returns the i-th record of the array whose address is the world's `field`."""
    if compiler.config.DISABLE_JIT:
        return lambda w, i: Row(w.arrays[field], i)
    world_type, record_type, size = from_dtype(world), from_dtype(record), record.itemsize

    @intrinsic
    def at(typing_context: Any, w: Any, i: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            address = _record_address(builder, world, field, arguments[0], arguments[1], size)
            return builder.inttoptr(address, context.get_value_type(record_type))

        return record_type(world_type, types.int64), code

    return cast("Callable[[World, int], Record]", at)


def advancer(world: np.dtype[np.void], field: str, record: np.dtype[np.void]) -> Callable[[World, int], None]:
    """Make the function that lets an array begin so many records later: what stood before is passed."""
    if compiler.config.DISABLE_JIT:

        def passed(w: PlainWorld, records: int) -> None:
            w.arrays[field] = w.arrays[field][records:]

        return passed
    world_type, size = from_dtype(world), record.itemsize

    @intrinsic
    def advance(typing_context: Any, w: Any, records: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            address = _record_address(builder, world, field, arguments[0], arguments[1], size)
            builder.store(address, _array_address(builder, world, field, arguments[0]))
            return context.get_dummy_value()

        return types.none(world_type, types.int64), code

    return cast("Callable[[World, int], None]", advance)


def prefetcher(world: np.dtype[np.void], field: str, record: np.dtype[np.void]) -> Callable[[World, int], None]:
    """Make the function that asks the processor to fetch the first lines of a record which is needed soon."""
    if compiler.config.DISABLE_JIT:
        return lambda w, i: None
    world_type, size = from_dtype(world), record.itemsize

    @intrinsic
    def fetch(typing_context: Any, w: Any, i: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            pointer, whole = _BYTE.as_pointer(), ir.IntType(32)
            kind = ir.FunctionType(ir.VoidType(), [pointer, whole, whole, whole])
            function = helpers.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
            address = _record_address(builder, world, field, arguments[0], arguments[1], size)
            to_write, keep, data = (ir.Constant(whole, n) for n in (1, 3, 1))
            for line in range(PREFETCHED_LINES):
                place = builder.add(address, ir.Constant(_INT64, line * LINE_BYTES))
                builder.call(function, [builder.inttoptr(place, pointer), to_write, keep, data])
            return context.get_dummy_value()

        return types.none(world_type, types.int64), code

    return cast("Callable[[World, int], None]", fetch)


def series(world: np.dtype[np.void], field: str) -> Callable[[World, Record], Any]:
    """Make the function that returns the numbers of a span, of the array whose address is the world's `field`."""
    if compiler.config.DISABLE_JIT:
        return lambda w, span: _numbers(w.arrays[field], span.first, span.count)
    world_type, array_type = from_dtype(world), types.Array(types.float64, 1, "C")

    @intrinsic
    def numbers(typing_context: Any, w: Any, span: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            bounds = builder.bitcast(arguments[1], _INT64.as_pointer())
            first, count = (builder.load(builder.gep(bounds, [ir.Constant(_INT64, i)])) for i in (0, 1))
            start = _record_address(builder, world, field, arguments[0], first, 8)
            array, width = arrays.make_array(array_type)(context, builder), ir.Constant(_INT64, 8)
            arrays.populate_array(
                array,
                data=builder.inttoptr(start, ir.DoubleType().as_pointer()),
                shape=[count],
                strides=[width],
                itemsize=width,
                meminfo=None,
            )
            return array._getvalue()

        return array_type(world_type, span), code

    return cast("Callable[[World, Record], Any]", numbers)


def _numbers(array: NDArray[np.void], first: int, count: int) -> tuple[float, ...]:
    if not 0 <= first <= first + count <= len(array):
        raise IndexError(f"numbers {first} to {first + count} of {len(array)}")
    return tuple(array["v"][first : first + count].tolist())


def _record_address(builder: Any, world: np.dtype[np.void], field: str, w: Any, i: Any, size: int) -> Any:
    base = builder.load(_array_address(builder, world, field, w))
    return builder.add(base, builder.mul(i, ir.Constant(_INT64, size)))


def _array_address(builder: Any, world: np.dtype[np.void], field: str, w: Any) -> Any:
    """Where the world holds the address of an array."""
    fields = world.fields
    assert fields is not None
    start = builder.gep(builder.bitcast(w, _BYTE.as_pointer()), [ir.Constant(_INT64, fields[field][1])])
    return builder.bitcast(start, _INT64.as_pointer())
