"""The newsroom learns: decisions teach, what was learned is kept, and the command explains itself."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import newsroom
import pytest

from bulletin import cli, jobs
from bulletin.jobs.sample import ENOUGH
from bulletin.model import Item, Outcome, Visit

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PUMPS = ["Heat pumps for ward {}", "Boilers of ward {} make way for pumps", "Heat pump {} pays back"]
OTHERS = ["Chess club {} wins", "Canteen {} opens", "Portrait {} is unveiled"]


@pytest.fixture
def desk(tmp_path):
    """A desk over a newsroom without visits; the clock is the test's."""
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    clock = newsroom.Clock(NOON)
    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        yield desk


def shelve(desk, frames, count, first=0):
    """Shelve that many items; gives their ids in the order of their titles."""
    titles = [frames[n % len(frames)].format(n) for n in range(first, first + count)]
    items = [Item(title=title, url=f"https://example.org/{title.replace(' ', '-')}") for title in titles]
    return desk.store.items.shelve(Visit("feed", desk.now(), Outcome.OK), items).new


def teach(desk, count=12):
    """Let an editor put heat pumps under greener and discard the rest, an hour later."""
    chosen, others = shelve(desk, PUMPS, count), shelve(desk, OTHERS, count)
    jobs.classify(desk)
    desk.now.now += timedelta(hours=1)
    for item in chosen:
        jobs.decide(desk, item, ["greener"], "Ann")
    for item in others:
        jobs.decide(desk, item, [], "Ann")


def headings(desk):
    return {shelved.item.title: shelved.topics for shelved in jobs.shelf(desk) if not shelved.decision}


def models(desk):
    return sorted(path.name for path in desk.config.folder.glob("headings-*"))


def test_what_editors_decided_is_suggested_for_the_like(desk):
    shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    assert headings(desk) == {"A heat pump in ward 100": ()}
    teach(desk)
    jobs.classify(desk)
    assert headings(desk) == {"A heat pump in ward 100": ("greener",)}


def test_with_nothing_new_to_learn_nothing_is_looked_at_again(desk):
    teach(desk)
    shelve(desk, ["A heat pump in ward {}"], 2, first=100)
    assert jobs.classify(desk).looked_at == 2
    assert jobs.classify(desk).looked_at == 0
    shelve(desk, ["A heat pump in ward {}"], 1, first=200)
    assert jobs.classify(desk).looked_at == 1


def test_a_look_keeps_what_it_was_made_with(desk):
    teach(desk)
    [item] = shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    look = desk.store.suggestions.latest()[item]
    assert look.trained_on == 24
    assert len(look.recipe) == 12


def test_decided_items_are_never_judged_again(desk):
    teach(desk)
    before = desk.store.suggestions.latest()
    shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    after = desk.store.suggestions.latest()
    assert {name: after[name] for name in before} == before


def test_what_was_learned_is_kept_and_used_again(desk, monkeypatch):
    teach(desk)
    shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    kept = models(desk)
    assert [name.rpartition(".")[2] for name in kept] == ["json", "npz"]
    monkeypatch.setattr("bulletin.classify.HeadingClassifier.fit", None)
    shelve(desk, ["A heat pump in ward {}"], 1, first=200)
    jobs.classify(desk)
    assert set(headings(desk).values()) == {("greener",)}
    assert models(desk) == kept


def test_what_is_learned_depends_on_decisions_alone(desk):
    teach(desk)
    learned = []
    for first in (100, 200):
        shelve(desk, ["A heat pump in ward {} with a word of its own"], 3, first=first)
        for path in desk.config.folder.glob("headings-*"):
            path.unlink()
        jobs.classify(desk)
        [path] = desk.config.folder.glob("headings-*.json")
        learned.append(path.read_bytes())
    assert learned[0] == learned[1]


def test_new_decisions_replace_what_was_kept(desk):
    teach(desk)
    [item, _] = shelve(desk, ["A heat pump in ward {}"], 2, first=100)
    jobs.classify(desk)
    kept = models(desk)
    jobs.decide(desk, item, ["greener"], "Ann")
    jobs.classify(desk)
    assert len(models(desk)) == 2
    assert set(models(desk)).isdisjoint(kept)


@pytest.mark.parametrize(
    "name",
    ["headings-print-order.json", "headings-backup.npz", "headings-0123456789abc.npz", "headings-0123456789AB.json"],
)
def test_a_file_of_the_librarian_with_a_name_like_ours_is_left_alone(desk, name):
    own = desk.config.folder / name
    own.write_bytes(b"mine")
    old = desk.config.folder / "headings-0123456789ab.npz"
    old.touch()
    teach(desk)
    shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    assert not old.exists()
    assert own.read_bytes() == b"mine"


@pytest.mark.parametrize("ending", ["npz", "json"])
@pytest.mark.parametrize("spoil", [lambda text: text[:-9] + b"tampered!", lambda _: b"", lambda text: b"[" + text])
def test_a_file_that_was_tampered_with_is_refused_with_words_and_learned_anew(desk, ending, spoil):
    teach(desk)
    shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    [path] = desk.config.folder.glob(f"headings-*.{ending}")
    good = path.read_bytes()
    path.write_bytes(spoil(good))
    shelve(desk, ["A heat pump in ward {}"], 1, first=200)
    told = []
    jobs.classify(desk, told.append)
    [line] = told
    assert line.endswith("; what decisions teach is learned anew")
    assert set(headings(desk).values()) == {("greener",)}
    shelve(desk, ["A heat pump in ward {}"], 1, first=300)
    jobs.classify(desk, told.append)
    assert len(told) == 1


def test_a_model_of_other_decisions_under_the_name_of_ours_is_refused(desk):
    teach(desk)
    shelve(desk, ["A heat pump in ward {}"], 2, first=100)
    jobs.classify(desk)
    old = {
        path.suffix: shutil.copy(path, path.with_name(f"old{path.suffix}"))
        for path in desk.config.folder.glob("headings-*")
    }
    for item in shelve(desk, OTHERS, 3, first=60):
        jobs.decide(desk, item, [], "Ann")
    jobs.classify(desk)
    for suffix, copy in old.items():
        [path] = desk.config.folder.glob(f"headings-*{suffix}")
        shutil.copy(copy, path)
    told = []
    shelve(desk, ["A heat pump in ward {}"], 1, first=200)
    jobs.classify(desk, told.append)
    assert told == [] or told[0].endswith("; what decisions teach is learned anew")
    assert set(headings(desk).values()) == {("greener",)}


def test_without_enough_decisions_nothing_is_kept(desk):
    teach(desk, count=3)
    shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    jobs.classify(desk)
    assert models(desk) == []


def test_the_sample_speaks_when_enough_of_it_is_decided(desk):
    shelve(desk, OTHERS, 30)
    jobs.classify(desk)
    desk.now.now += timedelta(hours=1)
    drawn = [one.item.id for one in jobs.sample(desk).waiting]
    assert len(drawn) == 30
    for item in drawn[: ENOUGH - 1]:
        jobs.decide(desk, item, [], "Ann")
    assert jobs.sample(desk).estimate is None
    jobs.decide(desk, drawn[ENOUGH - 1], ["greener"], "Ann")
    now = jobs.sample(desk)
    assert (len(now.waiting), now.decided) == (30 - ENOUGH, ENOUGH)
    assert (now.estimate.nowhere, now.estimate.missed) == (30, 3)


def test_what_was_decided_before_the_machine_looked_is_not_in_the_sample(desk):
    for item in shelve(desk, OTHERS, 12):
        jobs.decide(desk, item, ["greener"], "Ann")
    jobs.classify(desk)
    assert jobs.sample(desk) == jobs.Sample((), 0, None)


def test_a_correction_of_what_was_decided_before_the_machine_looked_says_nothing_of_the_machine(desk):
    items = shelve(desk, OTHERS, 12)
    for topics in (["greener"], ["workforce"]):
        for item in items:
            jobs.decide(desk, item, topics, "Ann")
        jobs.classify(desk)
        desk.now.now += timedelta(hours=1)
    assert jobs.sample(desk) == jobs.Sample((), 0, None)


def test_a_correction_of_what_was_in_the_sample_stays_in_it(desk):
    items = shelve(desk, OTHERS, 12)
    jobs.classify(desk)
    for topics in ([], ["greener"]):
        desk.now.now += timedelta(hours=1)
        for item in items:
            jobs.decide(desk, item, topics, "Ann")
    assert jobs.sample(desk).estimate.missed == 12


def test_old_items_are_not_in_the_sample(desk):
    shelve(desk, OTHERS, 5)
    jobs.classify(desk)
    desk.now.now += timedelta(days=100)
    assert jobs.sample(desk).waiting == ()


def test_near_misses_leave_out_what_is_decided(desk):
    [item] = shelve(desk, ["Plans of {} net for a carbon budget in retention of zero"], 1)
    jobs.classify(desk)
    before = jobs.near_misses(desk)
    assert {one.missed.topic for one in before} <= {"greener", "workforce"}
    assert before
    jobs.decide(desk, item, [], "Ann")
    assert jobs.near_misses(desk) == []


@pytest.fixture
def bulletin(desk, capsys):
    """Type a command in the desk's workspace; gives exit code, stdout and stderr."""

    def typed(*words):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(desk.config.folder), *map(str, words)])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


def test_why_tells_the_words_the_threshold_and_the_like(desk, bulletin):
    teach(desk)
    [item] = shelve(desk, ["Heat pumps for ward {}"], 1, first=100)
    jobs.classify(desk)
    code, out, _ = bulletin("why", item, "greener")
    assert code == 0
    assert "suggested: it takes 0." in out
    assert "what weighed more: past decisions" in out
    assert "for:" in out
    assert "against:" in out
    assert "greener, decided by Ann" in out
    told = json.loads(bulletin("why", item, "--json")[1])
    assert told["topics"][0]["topic"] == "greener"
    assert told["topics"][0]["decided_by"] == "decisions"
    assert len(told["nearest"]) == 3


def test_why_of_a_decided_item_says_who_decided(desk, bulletin):
    teach(desk)
    item = next(one.item.id for one in jobs.shelf(desk) if one.decision and one.topics)
    assert "greener, decided by Ann; what was learned from that speaks below too" in bulletin("why", item)[1]


@pytest.mark.parametrize("words", [("why", "nothing"), ("why", "nothing", "gren")])
def test_why_of_nothing_is_told(bulletin, words):
    code, _, err = bulletin(*words)
    assert code == 2
    assert "no item 'nothing'" in err or "no topic 'gren' in topics/: did you mean 'greener'?" in err


def test_what_if_shows_what_would_move_and_writes_nothing(desk, bulletin):
    teach(desk, count=4)
    gains, loses, _ = shelve(desk, ["Solar {}", "Net zero {}", "Nurse staffing {}"], 3, first=99)
    jobs.classify(desk)
    before, files = desk.store.suggestions.latest(), models(desk)
    changed = desk.config.folder / "greener.yaml"
    changed.write_text("heading: Green\nphrases: [solar, heat pump*]\n", encoding="utf-8")
    code, out, _ = bulletin("classify", "--what-if", changed)
    assert code == 0
    assert "1 would gain it" in out
    assert "1 would lose it" in out
    told = json.loads(bulletin("classify", "--what-if", changed, "--json")[1])
    assert {move["id"]: (move["gained"], move["lost"]) for move in told["moves"]} == {
        gains: (["greener"], []),
        loses: ([], ["greener"]),
    }
    assert told["new"] is False
    assert all(one["agrees"] and one["suggested"] for one in told["decided"])
    assert len(told["decided"]) >= 1
    assert desk.store.suggestions.latest() == before
    assert models(desk) == files


@pytest.mark.parametrize("what_if", [False, True])
def test_a_question_writes_no_model_and_tells_of_one_that_was_tampered_with(desk, bulletin, what_if):
    teach(desk)
    [item] = shelve(desk, ["A heat pump in ward {}"], 1, first=100)
    changed = desk.config.folder / "greener.yaml"
    changed.write_text("heading: Green\nphrases: [solar, heat pump*]\n", encoding="utf-8")
    question = ("classify", "--what-if", changed) if what_if else ("why", item)
    code, _, err = bulletin(*question)
    assert (code, err, models(desk)) == (0, "", [])
    jobs.classify(desk)
    [path] = desk.config.folder.glob("headings-*.npz")
    path.write_bytes(b"tampered!")
    code, _, err = bulletin(*question)
    assert code == 0
    assert err.count("; what decisions teach is learned anew") == 1
    assert path.read_bytes() == b"tampered!"


def test_what_if_takes_a_new_topic(desk, bulletin):
    [item] = shelve(desk, ["Solar {}"], 1)
    jobs.classify(desk)
    new = desk.config.folder / "energy.yaml"
    new.write_text("heading: Energy\nphrases: [solar]\n", encoding="utf-8")
    assert "energy, which is new" in bulletin("classify", "--what-if", new)[1]
    told = json.loads(bulletin("classify", "--what-if", new, "--json")[1])
    assert (told["new"], told["moves"][0]["id"], told["moves"][0]["first_after"]) == (True, item, "energy")


def test_what_if_of_a_file_that_is_wrong_tells_the_line(desk, bulletin):
    wrong = desk.config.folder / "greener.yaml"
    wrong.write_text("heading: Green\nphrases: [solar]\naim: more\n", encoding="utf-8")
    code, _, err = bulletin("classify", "--what-if", wrong)
    assert code == 2
    assert "greener.yaml:3: aim: must be fewer wrong, fewer missed or balanced" in err


def test_items_lists_near_misses_and_the_sample(desk, bulletin):
    [near] = shelve(desk, ["Plans of {} net for a carbon budget in retention of zero"], 1)
    nowhere = shelve(desk, OTHERS, 2)
    jobs.classify(desk)
    assert near in bulletin("items", "--near-misses")[1]
    told = [json.loads(line) for line in bulletin("items", "--near-misses", "--json")[1].splitlines()]
    assert all(0 < one["score"] < 0.5 and one["words"] for one in told)
    drawn = [json.loads(line)["id"] for line in bulletin("items", "--sample", "--json")[1].splitlines()]
    assert sorted(drawn) == sorted(nowhere)


def test_lists_that_exclude_each_other_are_refused(bulletin):
    code, _, err = bulletin("items", "--near-misses", "--sample")
    assert code == 2
    assert "name one of" in err


def test_status_and_classify_tell_what_was_missed(desk, bulletin):
    teach(desk)
    assert "about" in bulletin("classify")[1]
    _, out, _ = bulletin("status")
    assert "Of 24 items that were put nowhere lately, about 12 (95 %: 12 to 12) were missed." in out
    assert json.loads(bulletin("status", "--json")[1])["missed"]["missed"] == 12
