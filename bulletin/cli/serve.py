"""`bulletin serve`: the web pages, until Ctrl-C."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import click

from bulletin import log
from bulletin.cli.output import as_json, print_json, say
from bulletin.cli.workspace import Workspace
from bulletin.config.endpoints import is_loopback
from bulletin.errors import InputError
from bulletin.jobs import Desk, Newsroom, backups, open_desk
from bulletin.model import Config, Right


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0: any free one.")
@as_json
@click.pass_obj
def serve(workspace: Workspace, host: str, port: int, as_json: bool) -> None:
    """Serve the web pages until Ctrl-C, on this machine alone unless told otherwise."""
    with serving(workspace, host, port, as_json) as (run, _):
        run()


@contextmanager
def serving(
    workspace: Workspace, host: str, port: int, as_json: bool
) -> Iterator[tuple[Callable[[], None], Newsroom]]:
    """Take an address for the web pages and say where they are; gives what serves them, and their newsroom."""
    from bulletin.web import create_app, server  # Flask costs time, and few commands need it

    workspace.config()  # its mistakes are told before a port is taken
    with server.listen(host, port) as taken:
        port = taken.getsockname()[1]
        config = _reached(workspace, host, port)
        with open_desk(config) as desk:
            backups.require_sound(desk)
            newsroom = Newsroom(desk, lambda: _reached(workspace, host, port))
            app = create_app(newsroom)
            _tell(desk, as_json)
            log.start()
            yield partial(server.run, app, taken, config.web), newsroom


def _reached(workspace: Workspace, host: str, port: int) -> Config:
    """What the files and the environment say; without a base address, pages are reached where they are served."""
    config = workspace.config()
    if workspace.environ.get("BULLETIN_BASE_URL", "").strip():
        return config
    if not is_loopback(host):
        raise InputError(
            f"on {host} others can reach the pages: set BULLETIN_BASE_URL to the https address that they use"
        )
    written = f"[{host}]" if ":" in host else host
    return replace(config, web=replace(config.web, base_url=f"http://{written}:{port}".removesuffix(":80")))


def _tell(desk: Desk, as_json: bool) -> None:
    """One line with the address, and one more while nobody could let anybody in."""
    has_admin = any(one.active and one.may_everywhere(Right.ADMIN) for one in desk.store.editors.list())
    if as_json:
        print_json({"url": desk.config.web.base_url, "has_admin": has_admin})
        return
    say(f"The desk is at {desk.config.web.base_url} (Ctrl-C ends it)")
    if not has_admin:
        say("Nobody can log in yet. Add the first admin:")
        say(f'  bulletin -C {desk.config.folder} editors add you@example.nhs.uk --name "Your Name" --role admin')


COMMANDS = (serve,)
