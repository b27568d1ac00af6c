"""Topics, items and decisions for the classifier's tests."""

from datetime import UTC, datetime

from bulletin.classify import suggest
from bulletin.model import Because, Decision, Item, Suggestion, Topic

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GREEN = Topic(
    "green",
    "Sustainable Healthcare",
    phrases=(
        "net zero",
        "carbon footprint*",
        "greener NHS",
        "green plan*",
        "climate change",
        "recycl*",
        "anaesthetic gas*",
    ),
    not_phrases=(
        "financial sustainability",
        "sustainability and transformation plan*",
        "team climate",
        "receptor recycling",
    ),
    examples=("Reusable gowns cut theatre waste in three hospitals",),
)
ESTATES = Topic(
    "estates",
    "Estates",
    phrases=("NHS estate*", "hospital building*", "backlog maintenance", "RAAC", "fire safety"),
    not_phrases=("real estate", "mechanical ventilation"),
)
STAFF = Topic(
    "staff",
    "Workforce",
    phrases=("nurse staffing", "staff retention", "sickness absence", "NHS workforce", "workforce planning"),
    examples=("Why nurses leave, and what persuades them to stay",),
)
MONEY = Topic("money", "Finance", phrases=("financial sustainability", "NHS budget", "efficiency savings"))
TOPICS = (GREEN, ESTATES, STAFF, MONEY)


def item(title: str, summary: str = "", name: str = "i", **more) -> Item:
    return Item(title=title, summary=summary, id=name, **more)


def decision(one: Item, *topics: str) -> tuple[Item, Decision]:
    return one, Decision(one.id, topics, "jo", NOON)


def look(one: Item, topics=TOPICS, decided=(), hints=None) -> dict[str, Suggestion]:
    """The suggestions for one item by topic."""
    [opinion] = suggest([one], topics, decided, hints or {}, NOON)
    return {suggestion.topic: suggestion for suggestion in opinion.suggestions}


def scores(one: Item, topics=TOPICS, decided=(), hints=None) -> dict[str, float]:
    """The scores of one item for all topics, thresholds put aside; 0 where there is nothing to say."""
    bare = [Topic(t.id, t.heading, t.phrases, t.not_phrases, t.examples, threshold=0.0) for t in topics]
    found = look(one, bare, decided, hints)
    return {topic.id: found[topic.id].score if topic.id in found else 0.0 for topic in topics}


def words(because: tuple[Because, ...]) -> list[str]:
    return [reason.words for reason in because]
