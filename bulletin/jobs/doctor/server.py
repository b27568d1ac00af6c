"""The mail server: whether it answers, and what it asks of those who send through it."""

from collections.abc import Iterator

from bulletin.deliver.knock import knock
from bulletin.errors import SendError
from bulletin.lint.letter.hosts import organisation
from bulletin.model import Config, Light, Remark, Security, Smtp
from bulletin.render.links import mailbox

# Exchange Online, on which NHSmail sits too: Microsoft's limits, and NHSmail's guide for application accounts
# (reference bars, section 8).
_EXCHANGE = frozenset({"office365.com", "outlook.com", "nhs.net"})
_A_MINUTE, _A_DAY = 30, 10_000
_FREE = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "yahoo.co.uk"}
)


def is_exchange(told: Smtp | None) -> bool:
    """Whether mail goes through NHSmail or Office 365."""
    return told is not None and organisation(told.host) in _EXCHANGE


def senders(config: Config) -> dict[str, str]:
    """The addresses that emails are from, in small letters, by the name of a list that we send to."""
    return {
        f"{one.name} of {bulletin.title}": mailbox(one.sender, f"list {one.id}: from").address.lower()
        for bulletin in config.bulletins
        for one in bulletin.lists
        if one.delivery != "file"
    }


def remarks(config: Config) -> Iterator[Remark]:
    """Judge what can be told without asking the server."""
    if config.outbox:
        words = f"emails go to the folder {config.outbox} and to nobody: name a mail server for readers to get them"
        yield Remark(Light.LOOK, "Mail server", words)
    elif config.smtp is None and not senders(config):
        yield Remark(Light.LOOK, "Mail server", "none is named: every list is a draft that somebody sends by hand")
    elif config.smtp is None:
        yield Remark(Light.WRONG, "Mail server", "none is named, so nothing can be sent: set BULLETIN_SMTP_URL")
    else:
        yield _privacy(config.smtp)
        yield _pace(config)
    if is_exchange(config.smtp):
        yield from _accounts(config)
    for name, address in senders(config).items():
        if address.rpartition("@")[2] in _FREE:
            words = f"{name} is from {address}: nobody but its provider may send for that domain, use one of your own"
            yield Remark(Light.WRONG, "From", words)


def answer(config: Config) -> Remark:
    """Connect and log in, send nothing, and say how that went."""
    if config.smtp is None:
        return Remark(Light.WRONG, "Mail server", "there is none to ask")
    address = next(iter(senders(config).values()), config.library.email)
    try:
        size = knock(config.smtp, address.rpartition("@")[2])
    except SendError as error:
        return Remark(Light.WRONG, "Log-in", str(error))
    who = f"lets {config.smtp.user} in" if config.smtp.user else "answers, and wants no log-in"
    most = f"; it takes emails of {size // 1_000_000:,} MB" if size >= 1_000_000 else ""
    return Remark(Light.GOOD, "Log-in", f"{config.smtp.host}:{config.smtp.port} {who}{most}")


def _privacy(told: Smtp) -> Remark:
    where = f"{told.host}:{told.port}"
    if told.security is Security.NONE:
        words = f"{where} is this very machine: see that it sends on with encryption"
        return Remark(Light.LOOK, "Mail server", words)
    how = "TLS from the first byte" if told.security is Security.TLS else "STARTTLS, without which no mail goes"
    return Remark(Light.GOOD, "Mail server", f"{where}, by {how}; its certificate is checked")


def _pace(config: Config) -> Remark:
    minute, day = config.pace.a_minute, config.pace.a_day
    told = f"{minute or 'as many as it takes'} a minute, {day or 'as many as there are'} a day"
    if is_exchange(config.smtp) and not (0 < minute <= _A_MINUTE and 0 < day <= _A_DAY):
        words = f"{told}: Exchange Online takes {_A_MINUTE} a minute and {_A_DAY:,} a day, then it refuses; set"
        return Remark(Light.WRONG, "Pace", f"{words} BULLETIN_MAIL_A_MINUTE to 25 and BULLETIN_MAIL_A_DAY to 5000")
    if not minute:
        return Remark(Light.LOOK, "Pace", f"{told}: ask whoever runs the mail server what it likes")
    return Remark(Light.GOOD, "Pace", told)


def _accounts(config: Config) -> Iterator[Remark]:
    """NHSmail and Office 365 let an account send as itself alone, on the envelope and in From."""
    user = config.smtp.user.lower() if config.smtp else ""
    others = {name: address for name, address in senders(config).items() if address != user}
    for name, address in others.items():
        words = f"{name} is from {address}, and this server lets {user or 'nobody'} send as itself alone: make from:"
        yield Remark(Light.WRONG, "From", f"{words} of the list that address, or have it allowed (Send As)")
    if not others and senders(config):
        yield Remark(Light.GOOD, "From", f"every list is from {user}, the account that logs in")
    if config.bounce_address and config.bounce_address.lower() != user:
        words = f"{config.bounce_address} is not the account that logs in, and this server refuses emails that name"
        yield Remark(Light.WRONG, "Returns", f"{words} another on the envelope: take BULLETIN_BOUNCE_ADDRESS out")
