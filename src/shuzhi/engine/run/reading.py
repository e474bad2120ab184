"""What a calculation starts from: the scheme, and the inputs as tables of a backend."""

from dataclasses import dataclass, field
from functools import cached_property

import ibis
import pyarrow as pa

from shuzhi.engine.backends import Backend
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.program.arith import Column, Table
from shuzhi.engine.scheme import Scheme
from shuzhi.engine.tables import COLUMNS, Inputs


@dataclass
class Reading:
    """The inputs loaded, the faults collected."""

    scheme: Scheme
    inputs: Inputs
    backend: Backend
    keeps_leaves: bool = True  # for those who look at single leaves; too much for the largest data
    faults: list[Fault] = field(default_factory=list)
    ruled: bool = True  # whether the scheme could be read; if not, an empty one stands in

    def sound(self, *names: str) -> bool:
        """Whether tables could be read, and the scheme, so that others can be held against them."""
        return self.ruled and not self.inputs.broken & set(names)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The inputs in the backend; what is absent is empty."""
        found = {}
        for name, (required, optional) in COLUMNS.items():
            given = self.inputs.get(name)
            if given is not None and given.path is not None and given.table is None:
                scanned = self.backend.scan(f"in_{name}", given.path)
                found[name] = scanned if name == "values" else _as_text(name, scanned)
                continue
            empty = {column: pa.array([], pa.string()) for column in required + optional}
            table = (
                given.table
                if given and given.table is not None
                else pa.table({**empty, "row": pa.array([], pa.int64())})
            )
            found[name] = self.backend.load(f"in_{name}", table)
        return found

    @cached_property
    def units(self) -> Table:
        """unit, name, grp, status."""
        source = self.tables["units"]
        return source.select("unit", "name", "status", grp="group")

    def stop(self) -> None:
        """Raise what has been found so far."""
        if self.faults:
            raise Faults(self.faults)


def _as_text(name: str, table: Table) -> Table:
    """A table that is read where it stands, like one that was read in: all text, no row numbers.

    Not that of figures, which are many and stay as they are typed.
    """
    required, optional = COLUMNS[name]
    columns = {
        column: _text(table[column]) if column in table.columns else ibis.literal("")
        for column in required + optional
    }
    return table.select(**columns, row=ibis.literal(0, "int64"))


def _text(column: Column) -> Column:
    text = column if column.type().is_string() else column.cast("string")
    return text.fill_null("")
