"""What a process of the tests makes once instead of for each test: it costs seconds in all, and shows nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import flask
import jinja2
import sqlalchemy

from bulletin import web
from bulletin.store import database


@contextmanager
def shared() -> Iterator[None]:
    """Share what is made of SQL statements, of the table of routes and of the pages' templates."""
    first = sqlalchemy.create_engine("sqlite://")
    first.connect().close()  # so that it knows what this SQLite can do

    def create_engine(url, **settings):
        engine = sqlalchemy.create_engine(url, **settings)
        if engine.dialect.name == "sqlite":
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    with mock.patch.object(database, "create_engine", create_engine), mock.patch.object(web, "Flask", Quick):
        yield
    first.dispose()


class Kept(jinja2.BytecodeCache):
    """Templates as Jinja2 compiled them; their text is held against it."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket):
        self._code[bucket.key] = bucket.bytecode_to_string()


class Quick(flask.Flask):
    """An application that takes the addresses and templates of the first one."""

    _addresses = None
    _templates = Kept()

    def __init__(self, *arguments, **settings) -> None:
        super().__init__(*arguments, **settings)
        if Quick._addresses is None:
            Quick._addresses = self.url_map
        self.url_map = Quick._addresses

    def add_url_rule(self, rule, endpoint, view, **options):
        if endpoint in self.url_map._rules_by_endpoint:
            self.view_functions[endpoint] = view
        else:
            super().add_url_rule(rule, endpoint, view, **options)

    def create_jinja_environment(self):
        environment = super().create_jinja_environment()
        environment.bytecode_cache = self._templates
        return environment
