"""The people at the desk: adding them, letting them in, and the record of what everybody did.

record       lines of the record
visitor      who knocks, and how often they may
signin       passwords and sessions: in, out, and who is there
second       the second step at log-in
choosing     choosing a password, by a link or at the desk
roster       who works here, and what they may do
"""

from bulletin.jobs.people.choosing import (
    ask_for_link,
    change_password,
    check_password,
    choose_password,
    link_owner,
    send_invitation,
    send_reset,
    set_password,
)
from bulletin.jobs.people.record import AT_TERMINAL, Verdict, record, verify
from bulletin.jobs.people.roster import (
    add_editor,
    disable,
    enable,
    end_sessions,
    find_editor,
    grants_from,
    in_words,
    is_forced,
    rename,
    set_grants,
)
from bulletin.jobs.people.second import (
    Setup,
    confirm_second_step,
    new_codes,
    set_up,
    stop_second_step,
)
from bulletin.jobs.people.signin import (
    Admission,
    admit,
    confirm_code,
    end_session,
    session,
    sign_in,
    sign_in_as,
    sign_out,
)
from bulletin.jobs.people.visitor import Visitor

__all__ = [
    "AT_TERMINAL",
    "Admission",
    "Setup",
    "Verdict",
    "Visitor",
    "add_editor",
    "admit",
    "ask_for_link",
    "change_password",
    "check_password",
    "choose_password",
    "confirm_code",
    "confirm_second_step",
    "disable",
    "enable",
    "end_session",
    "end_sessions",
    "find_editor",
    "grants_from",
    "in_words",
    "is_forced",
    "link_owner",
    "new_codes",
    "record",
    "rename",
    "send_invitation",
    "send_reset",
    "session",
    "set_grants",
    "set_password",
    "set_up",
    "sign_in",
    "sign_in_as",
    "sign_out",
    "stop_second_step",
    "verify",
]
