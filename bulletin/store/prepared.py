"""Statements that are run for every message: made ready once for each kind of database, which else takes longer than
to run them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Update
from sqlalchemy.sql.compiler import SQLCompiler

_Process = Callable[[Any], Any]


@dataclass(frozen=True)
class _Ready:
    text: str
    order: tuple[str, ...] | None  # of parameters that are told by their place; None: they are told by name
    constants: Mapping[str, object]
    processes: Mapping[str, _Process]


class Prepared:
    """A statement that writes, whose parameters are single values, each told by name."""

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, **given: object) -> int:
        """Run it, and give how many rows it wrote."""
        ready = self._ready.get(connection.dialect.name) or self._make_ready(connection.dialect)
        told = {**ready.constants, **given}
        for name, process in ready.processes.items():
            told[name] = process(told[name])
        values = told if ready.order is None else tuple(told[name] for name in ready.order)
        return connection.exec_driver_sql(ready.text, values).rowcount

    def _make_ready(self, dialect: Dialect) -> _Ready:
        compiler: type[SQLCompiler] = dialect.statement_compiler
        compiled = compiler(dialect, self._statement)
        kinds = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
        found = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
        ready = self._ready[dialect.name] = _Ready(
            text=str(compiled),
            order=tuple(compiled.positiontup) if compiled.positiontup is not None else None,
            constants={name: value for name, value in compiled.params.items() if value is not None},
            processes={name: process for name, process in found.items() if process},
        )
        return ready
