"""Seeded faults for the rule of bulletin/lint/words/characters.py."""

from seeded import bad, both, fine, header, html, text, unknown

OWN = "Tell us what else you would like to see."
SOURCE = "Office for Care, 30 November 2026"


def own(more: str):
    """More words of our own, at the end of the opening."""
    return html(OWN, f"{OWN} {more}")


def plain(more: str):
    """More words in the plain text."""
    return text("Your library\n---", f"{more}\n\nYour library\n---")


FAULTS = (
    bad(65, "a letter that was lost", own("Caf\ufffd.")),
    bad(65, "a letter that was lost, in the plain text", plain("Caf\ufffd.")),
    bad(65, "é", own("CafÃ©.")),
    bad(65, "a pound", own("It cost Â£5.")),
    bad(65, "a right single quotation mark", own("The libraryâ€™s list.")),
    bad(65, "a dash", own("Wards â€“ and more.")),
    bad(65, "a space that does not break", own("5Â\xa0kg.")),
    bad(65, "an emoji", own("ðŸ˜€ hello.")),
    bad(65, "Polish", own("PaweÅ‚ wrote it.")),
    bad(65, "Greek", own("Heat and Î²-blockers.")),
    bad(65, "Russian", own("ÐœÐ¸Ñ€.")),
    bad(65, "twice over", own("CafÃƒÂ©.")),
    bad(65, "a lost letter twice over", own("Cafï¿½.")),
    bad(65, "a byte order mark as letters", own("ï»¿Hello.")),
    bad(65, "in the plain text alone", plain("The libraryâ€™s list.")),
    bad(65, "an item's title", unknown(both(html("Cooler wards", "Cooler wardÃ©"), text("Cooler wards", "Cooler wardÃ©")))),
    bad(65, "a bell", own("Hello\x07.")),
    bad(65, "a control of C1", own("Hello\x85."),),
    bad(65, "a control as a reference", own("Hello&#2;."), 1),
    bad(65, "an override that is not taken back", own("Hello \u202eolleH.")),
    bad(65, "an isolate that is not closed", own("Hello \u2067olleH.")),
    bad(65, "a close without an opening", own("Hello \u202c.")),
    bad(65, "an override in the plain text", plain("Hello \u202eolleH.")),
    bad(65, "a space of no width", own("Hel\u200blo.")),
    bad(65, "a joiner between English letters", own("Hel\u200dlo.")),
    bad(65, "a byte order mark", own("Hello\ufeff.")),
    bad(65, "a space of no width in the subject", unknown(header("Subject", "=?utf-8?Q?Health_Mana=E2=80=8Bgement_Update_2026?=")), 4),
    fine(65, "accents", own("Café, naïve, Ångström, Łódź, São Paulo, ÎLE, À la carte.")),
    fine(65, "quotation marks after accents", own("« CAFÉ », “café…” – à…” é–“ x.")),
    fine(65, "an emoji of several", own("\U0001f469\u200d⚕️ and \U0001f468\u200d\U0001f469\u200d\U0001f467.")),
    fine(65, "the flag of England", own("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f")),
    fine(65, "Persian", own("می\u200cخواهم")),
    fine(65, "Hindi", own("क्\u200dष")),
    fine(65, "Thai", own("ภาษา\u200bไทย")),
    fine(65, "an isolate that is closed", own("Hello \u2067שלום\u2069.")),
    fine(65, "an embedding that is closed", own("Hello \u202bשלום\u202c.")),
    fine(65, "a mark of direction alone", own("Hello שלום\u200e.")),
    fine(65, "a soft hyphen", own("Health\u00adcare.")),
    fine(65, "chemistry", own("CO₂, 5 µg, ½ × 3 °C, £5, €6, 20 ± 2.")),
)  # fmt: skip
