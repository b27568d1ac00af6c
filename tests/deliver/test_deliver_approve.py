"""A test of an edition, all the way to a mail server: the sender of a list has a name, and the server gets none."""

from dataclasses import replace

import editing
import newsroom
import pytest
from mail_stub import open_mail_server

from bulletin import jobs
from bulletin.deliver import Post
from bulletin.model import Security, Smtp


@pytest.fixture
def desk(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)
        yield desk


def test_a_mail_server_takes_a_test(desk):
    with open_mail_server() as server:
        post = Post(Smtp(server.host, server.port, security=Security.NONE))
        jobs.send_test(replace(desk, post=post), editing.DIGEST, "boards", "eve@example.nhs.uk")
    (taken,) = server.taken
    assert (taken.sender, taken.recipients) == ("library@example.nhs.uk", ["eve@example.nhs.uk"])
    assert b'From: "Wexbridge Library" <library@example.nhs.uk>' in taken.message
