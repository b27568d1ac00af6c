"""A change of holidays.yaml counts at once: pages and schedule read it anew."""

from datetime import date

import editing
import newsroom
import pytest

from bulletin import config
from bulletin.jobs import Newsroom


@pytest.fixture
def desk(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        yield desk


def test_holidays_that_are_changed_are_read_anew_and_a_mistake_leaves_them_as_they_were(desk):
    folder = desk.config.folder
    room = Newsroom(desk, lambda: config.load(folder, {}))
    assert not room.desk().config.holidays.added
    (folder / "holidays.yaml").write_text("closed: {2026-12-29: Between the years}\n", encoding="utf-8")
    assert room.desk().config.holidays.added == {date(2026, 12, 29): "Between the years"}
    (folder / "holidays.yaml").write_text("closed: {Christmas: Closed}\n", encoding="utf-8")
    assert room.desk().config.holidays.added == {date(2026, 12, 29): "Between the years"}
    assert [str(one) for one in room.desk().mistakes] == [
        'holidays.yaml:1: closed: "Christmas" is no day: write year, month and day, such as 2026-12-01'
    ]
