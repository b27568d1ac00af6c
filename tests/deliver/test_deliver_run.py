"""A run against a scripted mail server: what each of its answers comes to, and who gets what."""

import pytest
from sending import deliver, needs_stub, open_desk, open_stub, states

pytestmark = needs_stub


@pytest.fixture
def stub(tmp_path):
    with open_stub(tmp_path) as stub:
        yield stub


def test_each_gets_it_once(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "ok1", "ok2", "ok3") as desk:
        assert states(desk) == {"waiting": 3}
        ran = deliver(desk)
        assert ran.is_done
        assert states(desk) == {"sent": 3}
        assert sorted(stub.who()) == ["ok1", "ok2", "ok3"]
        deliver(desk)
        assert len(stub.taken()) == 3
