"""What a calculation starts from: the scheme, and the inputs as tables of a backend."""

from dataclasses import dataclass, field
from functools import cached_property

import ibis
import pyarrow as pa

from shuzhi.engine.backends import Backend
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.program.arith import Table
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

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The inputs in the backend; what is absent is empty."""
        found = {}
        for name, (required, optional) in COLUMNS.items():
            given = self.inputs.get(name)
            if given is not None and given.path is not None and given.table is None:
                found[name] = self.backend.scan(f"in_{name}", given.path)
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
        status = source.status.fill_null("") if "status" in source.columns else ibis.literal("")
        return source.select(
            unit=source.unit.cast("string"),
            name=source.name.cast("string").fill_null(""),
            grp=source.group.cast("string").fill_null(""),
            status=status,
        )

    def stop(self) -> None:
        """Raise what has been found so far."""
        if self.faults:
            raise Faults(self.faults)
