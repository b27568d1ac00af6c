"""Seeded faults for the rules of bulletin/lint/document.py."""

from seeded import bad, fine, html

FAULTS = (
    bad(1, "no doctype", html("<!DOCTYPE html>\n", "")),
    bad(1, "an old doctype", html("<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">')),
    fine(1, "the doctype in small letters", html("<!DOCTYPE html>", "<!doctype html>")),
)
