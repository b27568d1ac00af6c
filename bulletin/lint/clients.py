"""Rules for what mail programs understand of HTML and CSS, by the data in clients.json."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
