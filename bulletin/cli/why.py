"""Why, and what if: the machine's opinions, explained and tried out."""

from pathlib import Path

import click

from bulletin import config, jobs
from bulletin.cli.output import as_json, explain, many, print_json, printable, say, waiting
from bulletin.cli.workspace import Workspace
from bulletin.model import Because, Decision, Origin, Suggestion

_SHOWN = 20  # items of each kind that a person is shown
_WEIGHED = {Origin.TOPIC_FILE: "the topic file", Origin.DECISIONS: "past decisions"}


@click.command()
@click.argument("item")
@click.argument("topic", required=False)
@as_json
@click.pass_obj
def why(workspace: Workspace, item: str, topic: str | None, as_json: bool) -> None:
    """Say what speaks for and against ITEM under TOPIC, and what was decided of the like.

    Without TOPIC: under each heading that it has or comes near.
    """
    with workspace.desk() as desk, waiting("Looking again", quiet=as_json):
        found = jobs.why(desk, item, topic, explain)
    if as_json:
        print_json(_as_json(found))
    else:
        _tell(found)


def _as_json(found: jobs.Why) -> dict[str, object]:
    return {
        "id": found.item.id,
        "title": found.item.title,
        "decision": found.decision,
        "topics": [
            opinion_as_json(one.suggestion) | {"threshold": round(one.threshold, 3), "suggested": one.accepted}
            for one in found.opinions
        ],
        "nearest": [
            {
                "id": one.item.id,
                "title": one.item.title,
                "likeness": round(one.likeness, 3),
                "topics": one.decision.topics,
                "editor": one.decision.editor,
                "at": one.decision.at,
            }
            for one in found.nearest
        ],
    }


def opinion_as_json(one: Suggestion) -> dict[str, object]:
    """A topic, its score, what it comes from, and the words."""
    return {
        "topic": one.topic,
        "score": round(one.score, 3),
        "decided_by": one.decided_by,
        "words": {reason.words: round(reason.weight, 3) for reason in one.because},
    }


def _tell(found: jobs.Why) -> None:
    say(f"{found.item.id}  {printable(found.item.title)}")
    if found.decision:
        say(f"  {_ruling(found.decision)}; what was learned from that speaks below too")
    for one in found.opinions:
        opinion, verdict = one.suggestion, "suggested" if one.accepted else "not suggested"
        say(f"  {opinion.topic} {opinion.score:.2f}, {verdict}: it takes {one.threshold:.2f}")
        say(f"    what weighed more: {_WEIGHED[opinion.decided_by]}")
        say(f"    for:     {_words([reason for reason in opinion.because if reason.weight >= 0])}")
        say(f"    against: {_words([reason for reason in opinion.because if reason.weight < 0])}")
    if found.nearest:
        say("  What was decided of the like:")
    for near in found.nearest:
        say(f"    {near.likeness:.2f}  {near.item.id}  {printable(near.item.title)}: {_ruling(near.decision)}")


def _ruling(decision: Decision) -> str:
    return f"{', '.join(decision.topics) or 'discarded'}, decided by {printable(decision.editor)}"


def _words(reasons: list[Because]) -> str:
    return words(reasons) if reasons else "nothing"


def words(reasons: list[Because] | tuple[Because, ...]) -> str:
    """Words and weights on one line."""
    return " · ".join(f"{printable(one.words)} {one.weight:.2f}" for one in reasons)


def in_words(missed: jobs.Estimate) -> str:
    """What the sample says of all that was put nowhere."""
    told = f"about {missed.missed} (95 %: {missed.low} to {missed.high}) were missed"
    return f"Of {many(missed.nowhere, 'item')} that were put nowhere lately, {told}."


def what_if(desk: jobs.Desk, file: Path, as_json: bool) -> None:
    """Say what a changed or new topic file would move."""
    found = jobs.what_if(desk, config.topic_file(file), explain)
    if as_json:
        print_json(_what_if_as_json(found))
        return
    topic = found.topic.id
    gained = [move for move in found.moves if topic in move.gained]
    lost = [move for move in found.moves if topic in move.lost]
    others = [move for move in found.moves if topic not in move.gained and topic not in move.lost]
    say(f"{topic}, {'changed' if found.known else 'which is new'}: of {many(found.looked_at, 'undecided item')}")
    _list(f"{len(gained)} would gain it", gained)
    _list(f"{len(lost)} would lose it", lost)
    _list(f"{len(others)} would change in another way", others)
    for agrees, told in ((False, "would now disagree with the editor"), (True, "would now agree with the editor")):
        some = [one for one in found.quarrels if one.agrees is agrees]
        say(f"  {len(some)} decided {'item' if len(some) == 1 else 'items'} {told}")
        for one in some[:_SHOWN]:
            says = "suggested" if one.says else "not suggested"
            say(f"    {one.item.id}  {printable(one.item.title)}: {says}; {_ruling(one.decision)}")
    say("Nothing was written.")


def _list(told: str, moves: list[jobs.Move]) -> None:
    say(f"  {told}")
    for move in moves[:_SHOWN]:
        before, after = (place or "no heading" for place in move.first)
        first = f" (printed under {after}, not {before})" if before != after else ""
        say(f"    {move.item.id}  {printable(move.item.title)}{first}")
    if len(moves) > _SHOWN:
        say(f"    and {len(moves) - _SHOWN} more")


def _what_if_as_json(found: jobs.WhatIf) -> dict[str, object]:
    return {
        "topic": found.topic.id,
        "new": not found.known,
        "items": found.looked_at,
        "moves": [
            {
                "id": move.item.id,
                "title": move.item.title,
                "gained": move.gained,
                "lost": move.lost,
                "first_before": move.first[0],
                "first_after": move.first[1],
            }
            for move in found.moves
        ],
        "decided": [
            {
                "id": one.item.id,
                "title": one.item.title,
                "suggested": one.says,
                "agrees": one.agrees,
                "topics": one.decision.topics,
                "editor": one.decision.editor,
            }
            for one in found.quarrels
        ],
    }


COMMANDS = (why,)
