"""Seeded faults for the rules of bulletin/lint/words/style.py."""

from dataclasses import replace

from good import ITEMS
from seeded import bad, both, fine, header, html, knowing, unknown

OWN = "Tell us what else you would like to see."
SUMMARY = ITEMS[1].summary
HOUSE = {"ICB": "integrated care board"}
SENTENCE = "We read the journals and the reports of the month so that you need not do it"  # 17 words


def own(more: str):
    """More words of our own, at the end of the opening."""
    return html(OWN, f"{OWN} {more}")


def summary(text: str):
    """Another summary of an item, in the email and in the record."""
    return both(html(SUMMARY, text), knowing(items=(ITEMS[0], replace(ITEMS[1], summary=text), ITEMS[2])))


def dated(text: str):
    """Another date of an item, as it is printed."""
    return both(html("27 November 2026", text), knowing(items=(ITEMS[0], replace(ITEMS[1], dated=text), ITEMS[2])))


FAULTS = (
    bad(29, "never spelled out", lambda good: knowing(abbreviations=HOUSE)(own("The ICB asked for it.")(good))),
    bad(29, "spelled out too late", both(own("The ICB asked. An integrated care board (ICB) plans."), html("<p>New reports", "<p>For the ICB: new reports"), knowing(abbreviations=HOUSE))),
    bad(29, "many of them", both(own("All ICBs asked for it."), knowing(abbreviations=HOUSE))),
    bad(29, "in a note", knowing(abbreviations=HOUSE, own_text="Of use to the ICB.")),
    fine(29, "spelled out", both(own("The integrated care board (ICB) asked. The ICB will pay."), knowing(abbreviations=HOUSE))),
    fine(29, "the other way round", both(own("The ICB (integrated care board) asked."), knowing(abbreviations=HOUSE))),
    fine(29, "with hyphens and in the plural", both(own("Integrated-care boards (ICBs) asked."), knowing(abbreviations=HOUSE))),
    fine(29, "in the words of others", both(summary("What the ICB did."), knowing(abbreviations=HOUSE, items=(ITEMS[0], replace(ITEMS[1], summary="What the ICB did."), ITEMS[2])))),
    fine(29, "not in the house file", both(own("The CQC asked for it."), knowing(abbreviations=HOUSE))),
    fine(29, "part of another word", both(own("MICBOX asked for it."), knowing(abbreviations=HOUSE))),
    bad(30, "block capitals", own("IMPORTANT NOTICE for all wards.")),
    bad(30, "block capitals in somebody else's email", unknown(html("What eleven", "EVERYBODY SHOULD know what eleven"))),
    bad(30, "block capitals by a style", html("<h2 style=\"font-size:22px; line-height:1.5\">Policy", "<h2 style=\"font-size:22px; line-height:1.5; text-transform:uppercase\">Policy")),
    bad(30, "an exclamation mark", own("Enjoy the summer!")),
    bad(30, "an exclamation mark in the foot", html("senior managers.", "senior managers!")),
    bad(30, "italics", own("Read it <em>now</em>.")),
    bad(30, "italics in a block with a font of its own", own('Read it. <span style="font:16px/1.5 Arial, sans-serif">Read it <em>now</em>.</span>')),
    fine(30, "an em that is not slanted", own('Read it <em style="font-style:normal">now</em>.')),
    bad(30, "italics by a style", own('Read it <span style="font-style:italic">now</span>.')),
    fine(30, "one word in capitals", own("An IMPORTANT thing.")),
    fine(30, "short words in capitals", own("The NHS, the CQC and NICE.")),
    fine(30, "well-known abbreviations", own("Read PUBMED CINAHL EMBASE.")),
    fine(30, "capitals of the house", both(own("From the NORTHMOOR LIBRARY."), knowing(capitals=frozenset({"NORTHMOOR", "LIBRARY"})))),
    fine(30, "abbreviations of the house", both(own("Integrated staff wellbeing hub (ISWBH) and SWIPES asked. ISWBH SWIPES."), knowing(abbreviations={"ISWBH": "integrated staff wellbeing hub", "SWIPES": ""}))),
    fine(30, "in the words of others", summary("WARDS MUST cut waste! They said so.")),
    fine(30, "italics that are none", own('Read it <em style="font-style:normal">now</em>.')),
    bad(31, "06/08/18", own("By 06/08/18.")),
    bad(31, "6/8/2018", own("By 6/8/2018.")),
    bad(31, "06.08.2018", own("By 06.08.2018.")),
    bad(31, "2026-08-06", own("By 2026-08-06.")),
    bad(31, "6th August", own("On 6th August.")),
    bad(31, "6th of August", own("On the 6th of August.")),
    bad(31, "August 6, 2018", own("On August 6, 2018.")),
    bad(31, "August 6th", own("On August 6th.")),
    bad(31, "06 August", own("On 06 August.")),
    bad(31, "1-5 May", own("From 1-5 May.")),
    bad(31, "1–5 May", own("From 1–5 May.")),
    bad(31, "30 April - 2 May", own("30 April - 2 May.")),
    bad(31, "May-June", own("In May-June.")),
    bad(31, "Mon-Fri", own("Open Mon-Fri.")),
    bad(31, "9am-5pm", own("Open 9am-5pm.")),
    bad(31, "12pm", own("Lunch at 12pm.")),
    bad(31, "12 noon", own("Lunch at 12 noon.")),
    bad(31, "12am", own("Until 12am.")),
    bad(31, "the date of an item", dated("11/27/2026")),
    bad(31, "somebody else's", unknown(html("What eleven", "Since 6th August: what eleven"))),
    bad(31, "Monday - Friday", own("Open Monday - Friday.")),
    bad(31, "2015-2020", own("From 2015-2020 it fell.")),
    fine(31, "6 August 2018", own("From 6 August 2018 to 5 May 2026, 9am to 5pm, and at midday.")),
    fine(31, "a month and its year", own("In May 2026 and in December.")),
    fine(31, "a year of money", own("In 2026-27 and in 2026/27, all day, 24/7.")),
    fine(31, "a time", own("At 12.30pm and at 2.12pm.")),
    fine(31, "the word may", own("Wards that may 12 times ask. May all read it.")),
    fine(31, "numbers that are no dates", own("Version 1.2.10, ratio 3/4, by telephone on 01632 960123.")),
    fine(31, "a number after a date", own("On 6 August 12 wards began.")),
    fine(31, "a range of pages", own("See pages 10-12 in May.")),
    fine(31, "in the words of others", summary("From 06/08/18 on, eleven hospitals measured.")),
    bad(32, "36 words", own(f"{SENTENCE} {SENTENCE} at all times.")),
    bad(32, "40 words in somebody else's email", unknown(html("What eleven", f"{SENTENCE} {SENTENCE} at all times. What eleven"))),
    bad(32, "long ones throughout", own(f"{SENTENCE} by yourself, which takes long hours and much of your day. " * 6)),
    bad(32, "a summary of 81 words", summary("Words " * 80 + "end.")),
    bad(32, "in a note", knowing(own_text=f"{SENTENCE} {SENTENCE} at all times.")),
    fine(32, "35 words", own(f"{SENTENCE} {SENTENCE} now.")),
    fine(32, "a summary of 80 words", summary("Words " * 79 + "end.")),
    fine(32, "a long sentence of others", summary(f"{SENTENCE} {SENTENCE} at all times.")),
    fine(32, "a list behind a colon", own("We thank: " + "; ".join(["the Office for Care and its people"] * 6) + ".")),
    fine(32, "labels with strokes", own(" | ".join(["Office for Care"] * 20))),
    bad(66, "organization", own("Every organization has one.")),
    bad(66, "at the beginning", own("Organizations differ.")),
    bad(66, "pediatric and behavior", own("In pediatric wards behavior counts.")),
    bad(66, "program", own("The new program starts.")),
    bad(66, "center", own("The new center opens.")),
    bad(66, "a title in other capitals", html("Cooler wards in hot summers", "Cooler Wards in Hot Summers")),
    bad(66, "hospitalization", own("Every hospitalization was optimized.")),
    fine(66, "as we spell", own("The organisation of paediatric behaviour, a programme of the centre.")),
    fine(66, "words that end so by nature", own("Citizens seized a prize of any size, resized and downsized.")),
    fine(66, "a name", own("From the World Health Organization and the Center for Health Policy.")),
    fine(66, "a computer program", own("A computer program counts.")),
    fine(66, "in the words of others", summary("The program of a pediatric center.")),
    fine(66, "an American email", unknown(both(html('lang="en-GB"', 'lang="en-US"', -1), own("The program starts."), header("Content-Language", "en-US")))),
)  # fmt: skip
