"""Topics as forms: what is typed is what is loaded, and a file changes in as few lines as can be."""

import difflib
import stat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.config import load, topicfile
from bulletin.config.filechange import write
from bulletin.errors import ChangedError, ConfigError, FormError, InputError, UnknownError

LAID_OUT = """\
# Topic: Policy
# These notes stay.

heading: Policy  # as printed

phrases:
  # Papers
  - white paper   # the best one
  - "green paper"

  # Other
  - 'health bill'
  - king's speech
not:
  - toilet paper
# the end
"""


@pytest.fixture(name="room")
def _room(tmp_path, write_workspace):
    def make(text: str = LAID_OUT):
        return write_workspace(tmp_path, policy=text.encode("utf-8"))

    return make


def text(folder, topic="policy"):
    return (folder / "topics" / f"{topic}.yaml").read_bytes().decode("utf-8")


def save(folder, **values):
    """Put values into the form of the topic, as a browser would, and save it."""
    values = {key.rstrip("_"): value for key, value in values.items()}
    form = topicfile.form(folder, "policy")
    write(topicfile.change(folder, "policy", form.values | values, form.digest))


def moved(before, after):
    """The lines that went out and came in."""
    told = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [line for line in told if not line.startswith("@@")]


def test_a_form_shows_what_the_file_says(room):
    assert topicfile.form(room(), "policy").values == {
        "heading": "Policy",
        "phrases": ("white paper", "green paper", "health bill", "king's speech"),
        "not": ("toilet paper",),
        "examples": (),
        "threshold": "",
        "aim": "",
    }


PHRASES = ("white paper", "green paper", "health bill", "king's speech")
CHANGES = {
    "a heading": (
        {"heading": "Policy: news"},
        ["-heading: Policy  # as printed", '+heading: "Policy: news"  # as printed'],
    ),
    "a phrase more": ({"phrases": (*PHRASES, "act")}, ["+  - act"]),
    "a phrase more in the middle": ({"phrases": (*PHRASES[:2], "act", *PHRASES[2:])}, ["+  - act"]),
    "a phrase less": ({"phrases": PHRASES[1:]}, ["-  - white paper   # the best one"]),
    "a phrase reworded": (
        {"phrases": ("white papers", *PHRASES[1:])},
        ["-  - white paper   # the best one", "+  - white papers   # the best one"],
    ),
    "another phrase": (
        {"phrases": ("legislation", *PHRASES[1:])},
        ["-  - white paper   # the best one", "+  - legislation"],
    ),
    "a phrase moved": (
        {"phrases": (*PHRASES[1:], PHRASES[0])},
        ["-  - white paper   # the best one", "+  - white paper   # the best one"],
    ),
    "no phrases": (
        {"phrases": (), "examples": ("A title",)},
        [
            "-  - white paper   # the best one",
            '-  - "green paper"',
            "-  - 'health bill'",
            "-  - king's speech",
            "+examples:",
            "+  - A title",
        ],
    ),
    "a list where there was none": ({"examples": ("A: b",)}, ["+examples:", '+  - "A: b"']),
    "a list taken out": ({"not_": ()}, ["-  - toilet paper"]),
    "a threshold": ({"threshold": "0.4"}, ["+threshold: 0.4"]),
    "an aim": ({"aim": "fewer wrong"}, ["+aim: fewer wrong"]),
    "nothing": ({"heading": "  Policy "}, []),
}  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize(("values", "lines"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_the_fewest_lines(room, values, lines, line_end):
    before = "\ufeff" + LAID_OUT.replace("\n", line_end)
    folder = room(before)
    save(folder, **values)
    after = text(folder)
    assert moved(before, after) == lines
    assert after.startswith("\ufeff# Topic: Policy" + line_end)
    assert after.replace(line_end, "").count("\n") + after.replace(line_end, "").count("\r") == 0


ODD = {
    "brackets": (
        "heading: P\nphrases: [a b, 'c' , d]  # note\n",
        {"phrases": ("a b", "d", "c", "e: f")},
        "heading: P\nphrases: [a b, d, 'c' , \"e: f\"]  # note\n",
    ),
    "brackets on many lines": (
        "heading: P\nphrases: [\n  a,  # one\n  b\n]\n",
        {"phrases": ("a", "b", "c")},
        "heading: P\nphrases: [\n  a,  # one\n  b, c\n]\n",
    ),
    "empty brackets": (
        "heading: P\nphrases: [a]\nnot: []\n",
        {"not_": ("b",)},
        "heading: P\nphrases: [a]\nnot: [b]\n",
    ),
    "a key without a value": (
        "heading: P\nphrases: # none yet\nexamples: [A]\n",
        {"phrases": ("b", "c")},
        "heading: P\nphrases: # none yet\n  - b\n  - c\nexamples: [A]\n",
    ),
    "a tilde": (
        "heading: P\nphrases: [a]\naim: ~\n",
        {"aim": "balanced"},
        "heading: P\nphrases: [a]\naim: balanced\n",
    ),
    "an empty value": (
        "heading: P\nphrases: [a]\naim:  # which\n",
        {"aim": "balanced"},
        "heading: P\nphrases: [a]\naim: balanced  # which\n",
    ),
    "all in brackets": (
        "{heading: P, phrases: [a], aim: balanced}",
        {"aim": "", "threshold": ".5", "heading": "Q"},
        '{heading: Q, phrases: [a], threshold: ".5"}',
    ),
    "no indentation": (
        "heading: P\nphrases:\n- a\n- b",
        {"phrases": ("a", "b", "c")},
        "heading: P\nphrases:\n- a\n- b\n- c",
    ),
    "a note at the end of the list": (
        "heading: P\nphrases:\n  - a\n  # - b\n\nexamples: [A]\n",
        {"not_": ("n",)},
        "heading: P\nphrases:\n  - a\n  # - b\nnot:\n  - n\n\nexamples: [A]\n",
    ),
    "words on many lines": (
        "heading: >- # note\n  One\n  two\nphrases: [a]\n",
        {"heading": "Three # four: five"},
        "heading: >- # note\n  Three # four: five\nphrases: [a]\n",
    ),
    "quotes on many lines": (
        "heading: 'One\n  two'  # note\nphrases: [a]\n",
        {"heading": "Three"},
        "heading: Three  # note\nphrases: [a]\n",
    ),
}


@pytest.mark.parametrize(("before", "values", "after"), ODD.values(), ids=ODD)
def test_any_layout_is_kept(room, before, values, after):
    folder = room(before)
    save(folder, **values)
    assert text(folder) == after


SIGNS = "a: b|# no|x #y|!!python/object:os.system|'|\"|a\nb|- a|[a|{|&a|*a|%x|~|null|\\U|\u200ba|a\\|a:|? a|---"
WORDS = st.text(min_size=1, max_size=40) | st.sampled_from(SIGNS.split("|"))


@pytest.mark.slow
@given(
    heading=WORDS, phrases=st.lists(WORDS, max_size=6), examples=st.lists(WORDS, max_size=3), end=st.integers(0, 2)
)
@example(heading="a" * 100_000, phrases=["b " * 50_000], examples=[], end=0)
@settings(deadline=None, max_examples=80)
def test_what_is_saved_is_what_is_loaded_or_nothing_is(
    tmp_path_factory, write_workspace, heading, phrases, examples, end
):
    before = LAID_OUT.replace("\n", ("\n", "\r\n", "\r")[end])
    folder = write_workspace(tmp_path_factory.mktemp("room"), policy=before.encode("utf-8"))
    try:
        save(folder, heading=heading, phrases=tuple(phrases), examples=tuple(examples))
    except InputError:
        assert text(folder) == before
        return
    loaded = next(topic for topic in load(folder, {}).topics if topic.id == "policy")
    assert loaded.heading == plain(heading)
    assert loaded.phrases == tuple(dict.fromkeys(map(plain, phrases)))
    assert loaded.examples == tuple(dict.fromkeys(map(plain, examples)))
    assert loaded.not_phrases == ("toilet paper",)
    notes = [line for line in before.splitlines() if line.lstrip().startswith("#") or not line]
    assert [line for line in text(folder).splitlines() if line.lstrip().startswith("#") or not line] == notes


def plain(words):
    return " ".join(words.split())


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1),
    st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1),
)
@settings(deadline=None, max_examples=60)
def test_every_phrase_that_stays_keeps_its_line_and_its_note(tmp_path_factory, write_workspace, old, new):
    lines = {phrase: f"  -  {phrase}  # on {phrase}\n" for phrase in old}
    before = "heading: P\nphrases:\n  # top\n" + "".join(lines.values()) + "\n# end\n"
    folder = write_workspace(tmp_path_factory.mktemp("room"), policy=before)
    save(folder, phrases=tuple(new))
    found = "".join(lines.get(phrase, f"  - {phrase}\n") for phrase in new)
    assert text(folder) == "heading: P\nphrases:\n  # top\n" + found + "\n# end\n"


REFUSED = {
    "no heading": ({"heading": ""}, {"heading": "is empty: write something"}),
    "an invisible character": (
        {"heading": "a\x07"},
        {"heading": "holds an invisible control character: type the words again"},
    ),
    "nothing to go by": (
        {"phrases": ()},
        {"": "nothing says what belongs to this topic: write at least one phrase or example"},
    ),
    "a phrase of signs": ({"phrases": ("--",)}, {"phrases": '"--" has no letter or digit to look for'}),
    "a threshold of words": (
        {"threshold": "much"},
        {"threshold": 'must be a number from 0 to 1, such as 0.4, not "much"'},
    ),
    "two at once": (
        {"heading": "", "aim": "all"},
        {
            "heading": "is empty: write something",
            "aim": 'must be fewer wrong, fewer missed or balanced, not "all"',
        },
    ),
}


@pytest.mark.parametrize(("values", "fields"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_a_mistake_is_told_at_its_field(room, values, fields):
    folder = room()
    with pytest.raises(FormError) as caught:
        save(folder, **values)
    assert caught.value.fields == fields
    assert text(folder) == LAID_OUT


def test_too_big_a_file_is_refused_in_one_line(room):
    folder = room()
    with pytest.raises(InputError) as caught:
        save(folder, heading="a" * 2_100_000)
    assert "\n" not in str(caught.value)
    assert "over 2 MB" in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere", "../feeds", "/etc/passwd", "", "policy.yaml", ".."])
def test_only_a_topic_of_the_workspace_can_be_opened(room, name):
    with pytest.raises(UnknownError):
        topicfile.form(room(), name)


def test_a_file_with_mistakes_is_not_changed(room):
    folder = room("heading: P\nphrases: [a]\ncolour: red\n")
    with pytest.raises(ConfigError, match=r"policy\.yaml:3: unknown key"):
        save(folder, heading="Q")


def test_a_file_that_cannot_be_understood_has_no_form(room):
    with pytest.raises(ConfigError, match="a bracket on this line is not closed"):
        topicfile.form(room("heading: [\n"), "policy")


def test_what_changed_since_the_form_was_made_is_not_overwritten(room):
    folder = room()
    form = topicfile.form(folder, "policy")
    (folder / "topics" / "policy.yaml").write_text("heading: Other\nphrases: [a]\n", encoding="utf-8")
    with pytest.raises(ChangedError, match=r"topics/policy\.yaml was changed by somebody else meanwhile"):
        topicfile.change(folder, "policy", form.values, form.digest)


def test_what_changed_since_the_change_was_made_up_is_not_overwritten(room):
    folder = room()
    form = topicfile.form(folder, "policy")
    change = topicfile.change(folder, "policy", form.values | {"heading": "Q"}, form.digest)
    (folder / "topics" / "policy.yaml").unlink()
    with pytest.raises(ChangedError, match="changed by somebody else meanwhile"):
        write(change)
    assert not (folder / "topics" / "policy.yaml").exists()


def test_a_change_can_be_seen_before_it_is_made(room):
    folder = room()
    form = topicfile.form(folder, "policy")
    change = topicfile.change(folder, "policy", form.values | {"heading": "Q"}, form.digest)
    assert change.lines[1:] == (
        (" ", "# These notes stay."),
        (" ", ""),
        ("-", "heading: Policy  # as printed"),
        ("+", "heading: Q  # as printed"),
        (" ", ""),
        (" ", "phrases:"),
    )
    assert topicfile.topic(change).heading == "Q"
    assert text(folder) == LAID_OUT


def test_a_change_that_changes_nothing_says_so(room):
    folder = room()
    form = topicfile.form(folder, "policy")
    assert topicfile.change(folder, "policy", form.values, form.digest).is_nothing
    assert not topicfile.change(folder, "policy", {"heading": "Q"}, form.digest).is_nothing


def test_a_new_topic_is_a_new_file(room):
    folder = room()
    change = topicfile.creation(folder, "net-zero", {"heading": "Net: zero", "phrases": ("a", "b: c"), "aim": ""})
    assert not (folder / "topics" / "net-zero.yaml").exists()
    write(change)
    assert text(folder, "net-zero") == 'heading: "Net: zero"\nphrases:\n  - a\n  - "b: c"\n'
    assert [topic.heading for topic in load(folder, {}).topics] == ["Policy", "Net: zero", "Policy"]


@pytest.mark.parametrize(
    ("name", "values", "fields"),
    [
        ("policy", {"heading": "P", "phrases": ("a",)}, {"id": 'there is a topic "policy" already: choose another'}),
        ("../x", {"heading": "P"}, {"id": '"../x" is no id: use small letters, digits and hyphens, such as x'}),
        ("con", {"heading": "P"}, {"id": '"con" is a name that Windows keeps for itself: choose another'}),
        ("new", {}, {"heading": "is empty: write something"}),
    ],
)
def test_a_new_topic_that_would_be_a_mistake_is_told_at_its_field(room, name, values, fields):
    with pytest.raises(FormError) as caught:
        topicfile.creation(room(), name, values)
    assert caught.value.fields == fields


def test_two_people_cannot_make_the_same_topic(room):
    folder = room()
    values = {"heading": "N", "phrases": ("a",)}
    one, other = (topicfile.creation(folder, "new", values) for _ in range(2))
    write(one)
    with pytest.raises(ChangedError, match="changed by somebody else meanwhile"):
        write(other)


def test_the_file_keeps_its_permissions(room):
    folder = room()
    path = folder / "topics" / "policy.yaml"
    path.chmod(0o640)
    save(folder, heading="Q")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in path.parent.iterdir()) == ["digital.yaml", "policy.yaml"]
