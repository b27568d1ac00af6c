"""Lint: the linter's verdict on the emails of an edition, with all that the desk knows of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.jobs.known import known, past_of
from bulletin.jobs.render import Made, Written, edition_of, list_of, make
from bulletin.model import DistributionList, Edition, Email, Finding, Severity


@dataclass(frozen=True)
class Verdict:
    """What the linter says of one list's email: errors first, each in the order of the rules."""

    email: Email
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings forbid an approval."""
        return sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings a person must accept by name."""
        return len(self.findings) - self.errors


@dataclass(frozen=True)
class Told:
    """A finding and the names of the lists whose emails have it."""

    finding: Finding
    lists: tuple[str, ...]


def lint(desk: Desk, edition_id: str, list_id: str = "") -> tuple[Verdict, ...]:
    """Judge the emails of an edition as they would be sent now, or that of one list.

    UnknownError for no such edition, InputError for no such list, RenderError when an email cannot be made.
    """
    edition = edition_of(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    chosen = [list_of(bulletin, list_id)] if list_id else bulletin.lists
    return judge(desk, edition, [make(desk, edition, one) for one in chosen])


def judge(desk: Desk, edition: Edition, made: Sequence[Made]) -> tuple[Verdict, ...]:
    """Judge emails that were made of an edition just now."""
    past = past_of(desk, edition, [one.page for one in made])
    verdicts = []
    for one in made:
        audience = list_of(desk.bulletin(edition.bulletin), one.email.list)
        found = desk.judged.findings(one.email.mime, known(desk, edition, audience, one, past))
        verdicts.append(Verdict(one.email, tuple(sorted(found, key=lambda finding: finding.severity))))
    return tuple(verdicts)


def judge_written(desk: Desk, edition_id: str, written: Iterable[Written]) -> tuple[Verdict, ...]:
    """Judge emails that were rendered just now; those of an approved edition were judged before that."""
    made = [Made(one.email, one.page) for one in written if one.page]
    return judge(desk, edition_of(desk, edition_id), made) if made else ()


def together(verdicts: Iterable[Verdict], lists: Iterable[DistributionList]) -> tuple[Told, ...]:
    """Tell each finding once, with the names of the lists that have it; errors first."""
    names = {one.id: one.name for one in lists}
    found: dict[str, tuple[Finding, list[str]]] = {}
    for verdict in verdicts:
        for finding in verdict.findings:
            found.setdefault(finding.key, (finding, []))[1].append(names[verdict.email.list])
    told = (Told(finding, tuple(dict.fromkeys(where))) for finding, where in found.values())
    return tuple(sorted(told, key=lambda one: (one.finding.severity, one.finding.rule)))
