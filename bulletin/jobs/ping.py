"""Ping: a service elsewhere hears that this machine is well, and rings when it hears nothing any more."""

from bulletin.errors import FetchError
from bulletin.jobs import concerns
from bulletin.jobs.desk import Desk, apart
from bulletin.jobs.turning import Done, Shift
from bulletin.model import Ended, Trouble


def call(desk: Desk, _: Shift) -> Done | None:
    """Ask the address that the settings name, unless something is wrong with what everything stands on."""
    url = desk.config.ping_url
    if not url:
        return None
    wrong = [one.key for one in concerns.of(desk) if one.is_grave and concerns.is_of_machine(one)]
    if wrong:
        return Done(f"silent, so that it rings: {', '.join(wrong)}", Ended.SKIPPED)
    try:
        with apart(desk).fetcher as fetcher:
            fetcher.document(url)
    except FetchError as error:
        if error.trouble is not Trouble.EMPTY:  # many such services say nothing; the address is a secret of its own
            return Done(f"the address of BULLETIN_PING_URL: {str(error).replace(url, 'it')}", Ended.FAILED)
    return Done("heard")
