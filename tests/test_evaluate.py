"""`bulletin evaluate`: on labelled files, and on what editors decided in a workspace."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from importlib import import_module

import newsroom
import pytest

from bulletin import cli, jobs
from bulletin.model import Item, MonthKept, Outcome, Visit

WORDS = {
    "greener": ["carbon", "waste", "recycling", "emissions", "solar", "climate"],
    "workforce": ["nurses", "rota", "retention", "recruitment", "staffing", "pay"],
}
FIGURES = ["accuracy", "micro_f1", "macro_f1", "lrap", "fit_seconds", "predict_per_second"]


def lines(copies, *, start=0, more=()):
    """Labelled texts as JSON lines, no two alike."""
    rows = [
        {
            "id": f"{label}{n}",
            "title": words[n % 6],
            "text": f"{words[n % 6]} {words[(n + 1) % 6]} ward {n}",
            "labels": [label],
        }
        for n in range(start, start + copies)
        for label, words in WORDS.items()
    ]
    return "\n".join(json.dumps(row) for row in [*rows, *more])


@pytest.fixture
def place(tmp_path):
    """A folder with texts to learn from and texts to be judged on."""
    (tmp_path / "train.jsonl").write_text(lines(6), encoding="utf-8")
    (tmp_path / "test.jsonl").write_text(lines(4, start=20), encoding="utf-8")
    return tmp_path


@pytest.fixture
def evaluate(place, capsys, monkeypatch):
    """Type the command in that folder; gives exit code, stdout and stderr."""
    monkeypatch.chdir(place)

    def typed(*words):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["evaluate", *words])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


def test_files_are_judged_without_a_workspace(evaluate):
    code, out, _ = evaluate("train.jsonl", "test.jsonl", "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found)[:1] == ["accuracy"]
    assert found.keys() >= {*FIGURES, "labels", "confusions", "coverage", "reliability"}
    assert (found["accuracy"], found["micro_f1"], found["macro_f1"], found["lrap"]) == (1.0, 1.0, 1.0, 1.0)
    assert (found["train"], found["test"], found["pool"]) == (12, 8, 0)
    assert "accuracy_sd" not in found
    assert [one["threshold"] for one in found["labels"]] == [None, None]


def test_a_person_gets_tables(evaluate):
    code, out, _ = evaluate("train.jsonl", "test.jsonl")
    assert code == 0
    assert "With thresholds" not in out
    for told in (
        "Accuracy",
        "100.0 %",
        "Surer than 50 %",
        "Label by label",
        "workforce",
        "When only the surest get a label",
    ):
        assert told in out


def test_every_file_but_the_last_is_learned_from(evaluate, place):
    (place / "more.jsonl.gz").write_bytes(gzip.compress(lines(2, start=6).encode()))
    found = json.loads(evaluate("train.jsonl", "more.jsonl.gz", "test.jsonl", "--json")[1])
    assert (found["train"], found["test"]) == (16, 8)


def test_few_examples_give_means_with_their_deviations(evaluate):
    found = json.loads(evaluate("train.jsonl", "test.jsonl", "--shots", "2", "--seeds", "3", "--json")[1])
    assert found.keys() >= {*FIGURES, *(f"{name}_sd" for name in FIGURES)}
    assert (found["train"], found["shots"], found["seeds"]) == (4, 2, 3)


def test_a_pool_needs_no_labels(evaluate, place):
    (place / "pool.jsonl").write_text('{"text": "solar climate"}\n{"text": "rota pay"}', encoding="utf-8")
    found = json.loads(evaluate("train.jsonl", "test.jsonl", "--pool", "pool.jsonl", "--json")[1])
    assert found["pool"] == 2


@pytest.mark.parametrize(
    ("train", "words", "told"),
    [
        (lines(6), (), None),
        (lines(2, more=[{"text": "museum", "labels": []}]), (), "not every text to learn from has exactly one label"),
        (lines(501), ("--shots", "2", "--seeds", "1"), None),
        (lines(501), (), "there are more than 1,000 labelled texts to learn from"),
        ('{"text": "carbon", "labels": ["greener"]}', (), "there is only one label"),
    ],
)
def test_a_pool_that_is_not_used_is_told_in_one_line(evaluate, place, train, words, told):
    (place / "train.jsonl").write_text(train, encoding="utf-8")
    (place / "pool.jsonl").write_text('{"text": "solar climate"}\n{"text": "rota pay"}', encoding="utf-8")
    code, _, err = evaluate("train.jsonl", "test.jsonl", "--pool", "pool.jsonl", *words, "--json")
    assert code == 0
    found = [line for line in err.splitlines() if "this pool is not used" in line]
    assert [line.partition("not used, for ")[2] for line in found] == ([told] if told else [])


def test_the_estimator_leaves_a_pool_alone_from_as_many_texts_as_is_told():
    training, job = import_module("bulletin.classify.learn.training"), import_module("bulletin.jobs.evaluate")
    assert training._TAUGHT_ENOUGH == job._TAUGHT_ENOUGH


def test_the_texts_to_learn_from_may_be_the_pool_too(place):
    train = place / "train.jsonl"
    found = jobs.evaluate(jobs.LabelledFiles((train,), place / "test.jsonl", train, shots=2, seeds=2))
    assert (found.train, found.pool, found.single) == (4, 12, True)


def test_where_texts_have_several_labels_accuracy_is_null(evaluate, place):
    more = [
        {"id": "both", "text": "carbon nurses", "labels": ["greener", "workforce"]},
        {"id": "no", "text": "museum", "labels": []},
    ]
    (place / "train.jsonl").write_text(lines(6, more=more), encoding="utf-8")
    found = json.loads(evaluate("train.jsonl", "test.jsonl", "--json")[1])
    assert found["accuracy"] is None
    assert 0 < found["micro_f1"] <= 1


def test_a_report_is_a_page_with_a_learning_curve(evaluate, place):
    code, out, _ = evaluate("train.jsonl", "test.jsonl", "--report", "report.html")
    assert code == 0
    assert out.endswith("The report is in report.html\n")
    page = (place / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "More examples" in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["train.jsonl"], "name at least two files"),
        (["train.jsonl", "test.jsonl", "--seeds", "3"], "name --shots too"),
        (["--shots", "3"], "--pool and --shots are for labelled files"),
        (["--pool", "train.jsonl"], "--pool and --shots are for labelled files"),
        (["train.jsonl", "none.jsonl"], "none.jsonl: there is no such file"),
        (["train.jsonl", "."], "it cannot be read"),
        (["empty.jsonl", "test.jsonl"], "empty.jsonl: there is nothing in it"),
        (["bare.jsonl", "test.jsonl"], "bare.jsonl: no line has a label, so that there is nothing to learn"),
        (["train.jsonl", "bare.jsonl"], "bare.jsonl: no line has a label, so that there is nothing to judge by"),
        (["train.jsonl", "others.jsonl"], "none of its labels (finance) is one of those to learn from"),
        (["train.jsonl", "test.jsonl", "--report", "test.jsonl"], "would overwrite this file"),
        (["train.jsonl", "test.jsonl", "--report", "empty.jsonl"], "a name that ends in .html"),
        (["train.jsonl", "test.jsonl", "--report", "page.html"], "is no report"),
        (["train.jsonl", "test.jsonl", "--shots", "0"], "0 is not in the range"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_one_line(evaluate, place, words, told):
    (place / "empty.jsonl").write_text("\n", encoding="utf-8")
    (place / "page.html").write_text("<!doctype html>\n<p>Mine.", encoding="utf-8")
    (place / "bare.jsonl").write_text('{"text": "a", "labels": []}', encoding="utf-8")
    (place / "others.jsonl").write_text('{"text": "a", "labels": ["finance"]}', encoding="utf-8")
    before = {path: path.read_bytes() for path in place.iterdir()}
    code, out, err = evaluate(*words, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert {path: path.read_bytes() for path in place.iterdir()} == before


def test_mistakes_of_all_files_are_told_at_once_with_file_and_line(evaluate, place):
    (place / "train.jsonl").write_text('{"text": "a", "labels": "x"}\noh', encoding="utf-8")
    (place / "test.jsonl").write_text('\n{"labels": []}', encoding="utf-8")
    code, _, err = evaluate("train.jsonl", "none.jsonl", "test.jsonl")
    assert code == 2
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        "train.jsonl:1",
        "train.jsonl:2",
        "none.jsonl",
        "test.jsonl:2",
    ]


def test_of_a_file_of_another_kind_the_first_mistakes_are_told(evaluate, place):
    (place / "train.jsonl").write_text("id,text,label\n" * 500, encoding="utf-8")
    err = evaluate("train.jsonl", "test.jsonl")[2].splitlines()
    assert len(err) == 21
    assert err[-1] == "bulletin: and 480 more mistakes"


def test_a_report_that_cannot_be_written_is_told_before_the_work(evaluate):
    code, out, err = evaluate("train.jsonl", "test.jsonl", "--report", "none/report.html")
    assert (code, out) == (1, "")
    assert "there is no folder none" in err


def test_of_many_odd_labels_the_first_few_are_named(evaluate, place):
    more = [{"text": f"money {n}", "labels": [f"finance {n}"]} for n in range(8)]
    (place / "train.jsonl").write_text(lines(6, more=more), encoding="utf-8")
    err = evaluate("train.jsonl", "test.jsonl", "--json")[2]
    assert err.endswith("finance 0, finance 1, finance 2, finance 3, finance 4 and 3 more\n")


def test_labels_that_are_rather_ids_are_refused(evaluate, place):
    more = [{"text": "money", "labels": [f"id {n}"]} for n in range(1999)]
    (place / "train.jsonl").write_text(lines(6, more=more), encoding="utf-8")
    code, out, err = evaluate("train.jsonl", "test.jsonl")
    assert (code, out) == (2, "")
    assert "2,001 different labels: is `labels` perhaps an id?" in err


def test_where_there_is_one_label_only_that_is_told(evaluate, place):
    (place / "train.jsonl").write_text('{"text": "carbon", "labels": ["greener"]}\n' * 3, encoding="utf-8")
    code, _, err = evaluate("train.jsonl", "test.jsonl", "--json")
    assert code == 0
    assert "every text to learn from has the label greener: there is nothing to tell it from" in err


def test_more_than_a_file_may_hold_is_refused(evaluate, monkeypatch):
    monkeypatch.setattr(import_module("bulletin.jobs.evaluate"), "MOST_BYTES", 100)
    code, _, err = evaluate("train.jsonl", "test.jsonl")
    assert code == 2
    assert "train.jsonl: more than 0 MB; use fewer texts" in err


def test_what_is_odd_in_the_files_is_told_and_does_no_harm(evaluate, place):
    more = [{"id": "1", "text": "money", "labels": ["finance"]}]
    unknown = [
        {"id": "1", "text": "wifi", "labels": ["digital"]},
        {"id": "1", "text": "money", "labels": ["finance"]},
    ]
    (place / "train.jsonl").write_text(lines(6, more=more), encoding="utf-8")
    (place / "test.jsonl").write_text(lines(4, start=20, more=unknown), encoding="utf-8")
    code, out, err = evaluate("train.jsonl", "test.jsonl", "--json")
    assert code == 0
    assert json.loads(out)["accuracy"] <= 0.9
    for told in (
        "id '1' stands in line 9 too",
        "with one example to learn from, a label is hardly ever given: finance",
        "there is no example of digital; what has it counts as missed",
        "1 of its 10 texts are among those to learn from, word for word",
    ):
        assert told in err


PLACES = ("Derby", "Leeds", "York", "Ripon", "Truro", "Wells", "Ely", "Bath", "Exeter")
OCTOBER = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.fixture
def clock():
    return newsroom.Clock(OCTOBER)


@pytest.fixture
def desk(tmp_path, clock):
    """The desk of a workspace that has no feeds to visit."""
    config = newsroom.settings(newsroom.workspace(tmp_path, "http://127.0.0.1:1/a"))
    with jobs.open_desk(config, clock) as desk:
        yield desk


def shelve(desk, *titles):
    """Shelve items and let the classifier look; gives their ids."""
    items = [Item(title, guid=title, url=f"https://example.org/{title.replace(' ', '-')}") for title in titles]
    intake = desk.store.items.shelve(Visit("feed-a", desk.now(), Outcome.OK, "a"), items)
    jobs.classify(desk)
    return intake.new


def a_month(desk, clock, month):
    """Twelve items: nine as the files suggest, one of them moved, one discarded, one added, and a museum."""
    clock.now = datetime(2026, month, 5, 9, tzinfo=UTC)
    titles = [f"Net zero in {place} {month}" for place in PLACES]
    ids = shelve(desk, *titles, f"Nurse staffing {month}", f"Solar roofs {month}", f"A museum opens {month}")
    clock.now += timedelta(hours=1)
    rulings = [["greener"]] * 8 + [["workforce"], [], ["greener"], []]
    for item, topics in zip(ids, rulings, strict=True):
        jobs.decide(desk, item, topics, "ann")


def test_months_tell_what_editors_kept_moved_discarded_and_added(desk, clock):
    a_month(desk, clock, 10)
    found = jobs.evaluate_own(desk)
    assert found.months == (MonthKept("2026-10", 12, 9, 1, 1, 1, 9),)
    assert (found.decisions, found.unseen, found.retold) == (12, 0, ())


def test_a_month_is_judged_by_those_before_it(desk, clock):
    a_month(desk, clock, 10)
    a_month(desk, clock, 11)
    (november,) = jobs.evaluate_own(desk).retold
    assert (november.month, november.trained_on, november.items) == ("2026-11", 12, 12)
    assert november.covered >= 9
    assert november.total.precision >= 0.7


def test_what_was_decided_before_the_classifier_looked_says_nothing_of_it(desk, clock):
    item = Item("Net zero", guid="1", url="https://example.org/1")
    intake = desk.store.items.shelve(Visit("feed-a", desk.now(), Outcome.OK, "a"), [item])
    jobs.decide(desk, intake.new[0], ["greener"], "ann")
    jobs.classify(desk)
    found = jobs.evaluate_own(desk)
    assert (found.decisions, found.unseen, found.months) == (1, 1, ())


def test_nothing_is_written_down_by_judging(desk, clock):
    a_month(desk, clock, 10)
    a_month(desk, clock, 11)
    before = desk.store.suggestions.latest(), desk.store.decisions.latest()
    jobs.evaluate_own(desk)
    assert (desk.store.suggestions.latest(), desk.store.decisions.latest()) == before


@pytest.fixture
def own(desk, tmp_path, capsys, monkeypatch):
    """Type the command in that workspace."""
    for name, value in newsroom.environment(tmp_path).items():
        monkeypatch.setenv(name, value)

    def typed(*words):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(tmp_path), "evaluate", *words])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


def test_without_decisions_it_says_so(own):
    code, out, err = own()
    assert (code, err) == (0, "")
    assert out.startswith("Nobody has decided on an item yet")
    assert json.loads(own("--json")[1]) == {"decisions": 0, "unseen": 0, "months": [], "topics": [], "retold": []}


def test_with_few_decisions_it_says_what_it_would_take(own, desk, clock):
    a_month(desk, clock, 10)
    out = own()[1]
    assert out.splitlines()[:2] == [
        "Of the 12 items of October 2026 you kept 9, moved 1, discarded 1 and gave an unsuggested heading to 1.",
        "12 decisions are too few to judge a month by those before it: it takes 10 in a month, and 10 before.",
    ]


def test_with_enough_decisions_it_says_what_to_expect(own, desk, clock, tmp_path):
    a_month(desk, clock, 10)
    a_month(desk, clock, 11)
    out = own("--report", str(tmp_path / "own.html"))[1]
    assert "too few" not in out
    for told in ("Month by month", "Heading by heading", "Learned from what came before", "The report is in"):
        assert told in out
    assert "Learned from what came before" in (tmp_path / "own.html").read_text(encoding="utf-8")


def test_a_second_report_takes_the_place_of_the_first(own, tmp_path):
    place = tmp_path / "own.html"
    assert [own("--report", str(place))[0] for _ in range(2)] == [0, 0]
    assert place.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["feeds.yaml", "bulletin.db"])
def test_a_report_never_takes_the_place_of_the_workspaces_files(own, tmp_path, name):
    before = (tmp_path / name).read_bytes()
    code, out, err = own("--report", str(tmp_path / name))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert (tmp_path / name).read_bytes() == before


def test_ones_own_figures_come_as_json(own, desk, clock):
    a_month(desk, clock, 10)
    a_month(desk, clock, 11)
    found = json.loads(own("--json")[1])
    assert found["months"][-1].keys() == {"month", "items", "kept", "moved", "discarded", "added", "exact"}
    assert (found["months"][-1]["month"], found["months"][-1]["items"]) == ("2026-11", 12)
    (november,) = found["retold"]
    assert all(0 <= november[name] <= 1 for name in ("coverage", "first_right", "precision", "recall"))
    assert {one["topic"] for one in found["topics"]} == {"greener", "workforce"}
