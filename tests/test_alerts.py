"""Alerts and pings: the operator hears of what is grave, and a service elsewhere that all is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import newsroom
import pytest

from bulletin import jobs
from bulletin.errors import SendError
from bulletin.jobs import alerts, concerns, ping
from bulletin.jobs.turning import Shift, new_beat
from bulletin.model import Concern, Ended

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LOOK, HOUR, DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
SHIFT = Shift(new_beat("schedule", NOW))
BACKUP = Concern("backup", "there is no backup", "`bulletin backup` makes one", NOW)
DISK = Concern("disk", "the disk is nearly full", "make room on it")


class Letters:
    """Stands for the way to the mail server, which may be away."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.is_away = False
        self.refuses = False

    def send(self, sender: str, recipient: str, message: bytes) -> None:
        if self.refuses:
            raise SendError("no such address", is_final=True)
        if self.is_away:
            raise SendError("the mail server does not answer")
        assert (sender, recipient) == ("library@example.nhs.uk", "operator@example.nhs.uk")
        self.taken.append(message)

    def subjects(self) -> list[str]:
        """The subjects since the last time."""
        found = [message_from_bytes(one, policy=default)["Subject"] for one in self.taken]
        self.taken.clear()
        return found

    def text(self) -> str:
        return message_from_bytes(self.taken[-1], policy=default).get_content()


@pytest.fixture
def wrong(monkeypatch) -> list[Concern]:
    """What is wrong at the moment."""
    now: list[Concern] = []
    monkeypatch.setattr(concerns, "of", lambda _: list(now))
    return now


@pytest.fixture
def desk(tmp_path):
    settings = newsroom.settings(newsroom.workspace(tmp_path, "https://example.org/feed"))
    settings = replace(settings, operator="operator@example.nhs.uk")
    with jobs.open_desk(settings, newsroom.Clock(NOW)) as desk:
        yield replace(desk, post=Letters())


def looks(desk, many: int = 1, every: timedelta = LOOK) -> list[str]:
    """Look so often; gives the subjects of the letters that came of it."""
    for _ in range(many):
        alerts.look(desk, SHIFT)
        desk.now.now += every
    return desk.post.subjects()


def test_what_stands_for_two_looks_is_told_once(desk, wrong):
    wrong.append(BACKUP)
    assert looks(desk) == []
    assert looks(desk) == ["bulletin: 1 thing needs you"]
    assert looks(desk, 100) == []


def test_what_flickers_once_is_not_told(desk, wrong):
    for now in ([BACKUP], [], [BACKUP], []):
        wrong[:] = now
        assert looks(desk) == []


def test_what_lasts_is_told_again_after_one_three_and_seven_days_and_then_each_week(desk, wrong):
    wrong.append(BACKUP)
    days = [day for day in range(31) if looks(desk, 24, HOUR)]
    assert days == [0, 1, 3, 7, 14, 21, 28]


def test_after_a_long_silence_it_is_told_once_and_not_for_each_time_that_was_missed(desk, wrong):
    wrong.append(BACKUP)
    looks(desk, 2)
    desk.now.now += 10 * DAY
    assert looks(desk, 20) == ["bulletin: 1 thing needs you"]


def test_many_at_once_go_in_one_letter_with_words_advice_and_since(desk, wrong):
    wrong += [BACKUP, DISK]
    looks(desk)
    alerts.look(desk, SHIFT)
    assert "1. there is no backup\n   Since: 2026-12-01, 09:00 UTC\n   What to do: `bulletin backup`" in (
        desk.post.text().replace("\r\n", "\n")
    )
    assert "2. the disk is nearly full\n   What to do: make room" in desk.post.text().replace("\r\n", "\n")
    assert desk.post.subjects() == ["bulletin: 2 things need you"]


def test_when_it_is_over_that_is_told_with_what_else_there_is(desk, wrong):
    wrong += [BACKUP, DISK]
    looks(desk, 2)
    wrong.remove(DISK)
    alerts.look(desk, SHIFT)
    assert "Over:\n- the disk is nearly full" in desk.post.text().replace("\r\n", "\n")
    assert desk.post.subjects() == ["bulletin: 1 thing is over"]
    wrong.clear()
    assert looks(desk, 5) == ["bulletin: 1 thing is over"]


def test_what_is_not_grave_is_for_status_alone(desk, wrong):
    wrong.append(replace(BACKUP, is_grave=False))
    assert looks(desk, 5) == []


def test_a_concern_that_flaps_brings_few_letters_a_day(desk, wrong):
    letters = 0
    for number in range(288):
        wrong[:] = [BACKUP] if number % 6 < 3 else []
        letters += len(looks(desk))
    assert 2 <= letters <= 5


def test_what_is_new_is_told_though_another_thing_flaps(desk, wrong):
    for number in range(200):
        wrong[:] = [BACKUP] if number % 6 < 3 else []
        looks(desk)
    wrong[:] = [BACKUP, DISK]
    assert len(looks(desk, 2)) == 1


def test_a_mail_server_that_is_away_loses_no_alert_and_fails_no_task(desk, wrong):
    wrong.append(BACKUP)
    desk.post.is_away = True
    looks(desk)
    done = alerts.look(desk, SHIFT)
    assert (done.outcome, done.words) == (
        Ended.SKIPPED,
        "the letter to the operator waits: the mail server does not answer",
    )
    desk.post.is_away = False
    assert looks(desk, 3) == ["bulletin: 1 thing needs you"]


def test_an_address_that_is_refused_for_good_fails_the_task_so_that_status_tells_of_it(desk, wrong):
    wrong.append(BACKUP)
    desk.post.refuses = True
    looks(desk)
    done = alerts.look(desk, SHIFT)
    assert done.outcome is Ended.FAILED
    assert done.words == "the letter to the operator is refused, look at BULLETIN_OPERATOR: no such address"


def test_nobody_is_written_to_where_nobody_is_named(desk, wrong):
    wrong.append(BACKUP)
    nobody = replace(desk, config=replace(desk.config, operator=""))
    assert [alerts.look(nobody, SHIFT) for _ in range(3)] == [None] * 3
    assert alerts.look(replace(desk, post=None), SHIFT) is None
    assert desk.post.taken == []


def test_no_address_is_in_a_letter_and_no_line_of_anybody_elses(desk, wrong):
    wrong.append(
        Concern("task:x", "550 no anna@example.org here\r\nBcc: all@example.org", "ask bo@example.org\x1b[2J")
    )
    looks(desk)
    alerts.look(desk, SHIFT)
    body = desk.post.text()
    assert "@" not in body
    assert "550 no <address> here Bcc: <address>" in body
    assert "\x1b" not in body


def test_a_very_long_word_is_looked_through_once(desk, wrong):
    wrong.append(Concern("task:x", "a." * 300_000 + " anna@example.org", "look"))
    looks(desk)
    alerts.look(desk, SHIFT)
    assert "<address>" in desk.post.text()


@pytest.fixture
def pinging(desk, wrong, publisher):
    """A desk whose operator named a service elsewhere."""
    url = publisher.gives("/ping/0123456789-secret", b"OK")
    host = frozenset({url.removeprefix("http://").partition("/")[0]})
    return replace(desk, config=replace(desk.config, ping_url=url, allow_addresses=host))


def test_a_service_elsewhere_hears_that_all_is_well(pinging, publisher):
    assert ping.call(pinging, SHIFT).words == "heard"
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [200, 204])
def test_a_service_that_hears_and_says_nothing_has_heard(pinging, publisher, status):
    publisher.gives("/ping/0123456789-secret", status=status)
    done = ping.call(pinging, SHIFT)
    assert (done.outcome, done.words) == (Ended.DONE, "heard")


@pytest.mark.parametrize("concern", [BACKUP, DISK, replace(DISK, key="disk:backups"), replace(DISK, key="clock")])
def test_it_hears_nothing_while_what_everything_stands_on_is_broken(pinging, publisher, wrong, concern):
    wrong.append(concern)
    done = ping.call(pinging, SHIFT)
    assert (done.outcome, done.words) == (Ended.SKIPPED, f"silent, so that it rings: {concern.key}")
    assert publisher.asked == []


@pytest.mark.parametrize("concern", [replace(DISK, key="task:fetch"), replace(BACKUP, is_grave=False)])
def test_it_hears_of_us_whatever_else_is_wrong(pinging, wrong, concern):
    wrong.append(concern)
    assert ping.call(pinging, SHIFT).words == "heard"


def test_a_ping_that_fails_says_so_without_the_address(pinging, publisher):
    publisher.gives("/ping/0123456789-secret", status=500)
    done = ping.call(pinging, SHIFT)
    assert done.outcome is Ended.FAILED
    assert "500" in done.words
    assert "secret" not in done.words


def test_where_no_service_is_named_nobody_is_called(desk, wrong):
    assert ping.call(desk, SHIFT) is None
