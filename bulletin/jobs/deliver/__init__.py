"""Deliver: what was approved goes out, one email to each, and everybody ends in exactly one state.

run        the whole of it: recovering, gathering, and workers that send until nothing is due
worker     one line to the mail server, one message after the other: claimed, handed over, ended
copies     each reader's own copy of what was approved
recovery   senders that are gone, and what they left open
acts       what people do about it: send at once, pause, resume, cancel, settle a doubt, try again
"""

from bulletin.jobs.deliver.acts import (
    again,
    again_all,
    at_once,
    cancel,
    doubts,
    failures,
    halts,
    pause,
    resume,
    settle,
    states,
)
from bulletin.jobs.deliver.recovery import recover
from bulletin.jobs.deliver.run import Ran, run
from bulletin.jobs.deliver.worker import How

__all__ = [
    "How",
    "Ran",
    "again",
    "again_all",
    "at_once",
    "cancel",
    "doubts",
    "failures",
    "halts",
    "pause",
    "recover",
    "resume",
    "run",
    "settle",
    "states",
]
