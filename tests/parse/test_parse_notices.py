"""Which titles and records are notices about others, and which say that they themselves were withdrawn."""

import pytest
from feedwriter import item, read, rss
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Mark, Notice
from bulletin.parse.notices import about, marks, notice

PAPER = "Early discharge and falls in older people"

RETRACTIONS = [
    (f"Retraction: {PAPER}", PAPER),
    (f"RETRACTION: {PAPER}", PAPER),
    (f"Retraction of “{PAPER}”", PAPER),
    (f"Retraction of: {PAPER}", PAPER),
    (f"Retraction Note: {PAPER}", PAPER),
    (f"Retraction Note to: {PAPER}", PAPER),
    (f"Retraction notice to “{PAPER}” [J. Ward Care 12 (2020) 3–9]", PAPER),
    (f"Retraction—{PAPER}", PAPER),
    (f"Retraction for Chan et al., {PAPER}", PAPER),
    (f"Partial retraction: {PAPER}", PAPER),
    (f"Notice of Retraction: {PAPER}", PAPER),
    (f"Notice of retraction and replacement: {PAPER}", PAPER),
    (f"Statement of Retraction: {PAPER}", PAPER),
    (f"Withdrawal notice to “{PAPER}”", PAPER),
    (f"Removal notice to: {PAPER}", PAPER),
    (f"{PAPER} [Retraction]", PAPER),
    (f"{PAPER} (Retraction)", PAPER),
    (f"[Retraction] {PAPER}", PAPER),
    ("Retraction", ""),
    ("Retraction notice.", ""),
]
CONCERNS = [
    (f"Expression of concern: {PAPER}", PAPER),
    (f"Expression of Concern to “{PAPER}”", PAPER),
    (f"Expression of Concern for Chan et al., “{PAPER}”", PAPER),
    (f"Editorial Expression of Concern: {PAPER}", PAPER),
    (f"Editor’s expression of concern: {PAPER}", PAPER),
    (f"Notice of concern: {PAPER}", PAPER),
    (f"{PAPER}: Expression of concern", PAPER),
]
CORRECTIONS = [
    (f"Correction to: {PAPER}", PAPER),
    (f"Correction to “{PAPER}”", PAPER),
    (f"Correction to ‘{PAPER}’", PAPER),
    (f'Correction to "{PAPER}"', PAPER),
    (f"Correction: {PAPER}", PAPER),
    (f"Correction. {PAPER}", PAPER),
    (f"Author Correction: {PAPER}", PAPER),
    (f"Publisher Correction: {PAPER}", PAPER),
    (f"Publisher’s Note: {PAPER}", PAPER),
    (f"Correction for Chan et al., {PAPER}", PAPER),
    (f"Corrigendum to {PAPER}", PAPER),
    (f"Corrigendum: {PAPER}", PAPER),
    (
        f"Corrigendum: Chan B, Grey A (2020) {PAPER}. WardKeys 72: 43–92. https://doi.org/10.5555/wardkeys.72.5",
        PAPER,
    ),
    (f"Correction to “{PAPER}” (Wards 4951 (3): 434–460) and reply to Fox and Roe (2021)", PAPER),
    (f"Erratum to: {PAPER}", PAPER),
    (f"Erratum for the Report “{PAPER}” by B. Chan and A. Grey", PAPER),
    (f"{PAPER} – CORRIGENDUM", PAPER),
    (f"{PAPER}: Erratum", PAPER),
    (f"{PAPER} [Corrigendum]", PAPER),
    (f"“{PAPER}”: Correction to Chan et al. (2020)", PAPER),
    (f"[Correction] {PAPER}", PAPER),
    ("Correction: The “obesity paradox” in heart failure", "The “obesity paradox” in heart failure"),
    ("Correction to Chan and Grey (2026)", "Chan and Grey"),
    ("Erratum regarding missing statements in earlier articles", "missing statements in earlier articles"),
    ("Correction", ""),
    ("Corrections", ""),
    ("Corrigenda", ""),
    ("Erratum.", ""),
    ("Department of Error", ""),
    ("Error in Table 2", ""),
    ("Errors in Author Affiliations", ""),
]
OWN = [
    f"RETRACTED: {PAPER}",
    f"Retracted: {PAPER}",
    f"RETRACTED ARTICLE: {PAPER}",
    f"[Retracted] {PAPER}",
    f"WITHDRAWN: {PAPER}",
    f"[Withdrawn] {PAPER}",
    f"REMOVED: {PAPER}",
    f"TEMPORARY REMOVAL: {PAPER}",
    f"{PAPER} [RETRACTED]",
    f"{PAPER} (Retracted Article. See vol 12, pg 34, 2020)",
    f"{PAPER} – RETRACTED",
    f"This article has been retracted: {PAPER}",
]
NO_NOTICE = [
    "Retractions in biomedical literature: a survey",
    "Retraction of scientific papers: why and when",
    "Retraction of the gingiva before impressions",
    "Retraction Watch: weekend reads",
    "Retraction notices in nursing journals",
    "Retracted papers in nursing: a survey",
    "A notice of retraction is not enough",
    "Cervical retraction: anatomy",
    "Withdrawal: managing alcohol dependence on the ward",
    "Withdrawal of life support: a survey of intensive care",
    "Withdrawing from the Super League",
    "Removed: children in care and what became of them",
    "Removal of catheters: a bundle of measures",
    "Error correction in quantum computing",
    "Errors in prescribing: a review",
    "Errors in results of point-of-care tests: what goes wrong and why it matters for wards",
    "Correction of anaemia in chronic kidney disease",
    "Correction of “masked” hypertension",
    "Correction for multiple testing in trials",
    "Correction to normal of serum sodium",
    "Corrections officers and burnout",
    "Correctional health care in England",
    "Corrected QT interval in athletes",
    "Uncorrected refractive error in schools",
    "Vision: correction",
    "Errata in medical publications",
    "Volume 136-3: Contents, Corrigenda, Nomenclatural Updates, Peers, Editorial",
    "Concern about falls: a scoping review",
    "Expressions of concern and their uses: a survey",
    "Expression of genes of concern in melanoma",
    "Ministers voice concern: what next",
    "Variants of concern: an update",
    "",
]


@pytest.mark.parametrize(("title", "paper"), RETRACTIONS)
def test_a_retraction_is_known_by_its_title(title, paper):
    found = notice(title)
    assert found is not None
    assert found.mark is Mark.RETRACTED
    assert marks(title) == ()
    assert about(title) == paper


@pytest.mark.parametrize(("title", "paper"), CONCERNS)
def test_an_expression_of_concern_is_known_by_its_title(title, paper):
    assert notice(title) == Notice(Mark.CONCERN)
    assert about(title) == paper


@pytest.mark.parametrize(("title", "paper"), CORRECTIONS)
def test_a_correction_is_known_by_its_title(title, paper):
    found = notice(title)
    assert found is not None
    assert found.mark is Mark.CORRECTED
    assert about(title) == paper


@pytest.mark.parametrize("title", OWN)
def test_a_paper_that_its_publisher_renamed_is_marked_itself(title):
    assert (notice(title), marks(title), about(title)) == (None, (Mark.RETRACTED,), PAPER)


def test_pubmeds_corrected_title_is_a_correction_of_the_paper_itself():
    assert marks(f"{PAPER} [corrected].") == (Mark.CORRECTED,)


@pytest.mark.parametrize("title", NO_NOTICE)
def test_a_paper_about_the_subject_is_no_notice(title):
    assert (notice(title), marks(title), about(title)) == (None, (), "")


def test_a_doi_in_the_title_is_the_concerned_papers():
    title = f"Corrigendum: {PAPER}. WardKeys 72: 43–92. https://doi.org/10.5555/WARDKEYS.72.5"
    assert notice(title) == Notice(Mark.CORRECTED, "10.5555/wardkeys.72.5")


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("retraction", Mark.RETRACTED),
        ("partial_retraction", Mark.RETRACTED),
        ("withdrawal", Mark.RETRACTED),
        ("removal", Mark.RETRACTED),
        ("RetractionOf", Mark.RETRACTED),
        ("expression_of_concern", Mark.CONCERN),
        ("ExpressionOfConcernFor", Mark.CONCERN),
        ("Expression of concern for", Mark.CONCERN),
        ("correction", Mark.CORRECTED),
        ("corrigendum", Mark.CORRECTED),
        ("erratum", Mark.CORRECTED),
        ("ErratumFor", Mark.CORRECTED),
    ],
)
def test_what_a_record_states_needs_no_title(word, mark):
    assert notice(PAPER, stated=[(word, "https://doi.org/10.5555/One")]) == Notice(mark, "10.5555/one")
    assert marks(PAPER, stated=[word]) == (mark,)


@pytest.mark.parametrize("word", ["new_version", "addendum", "CommentOn", "Cites", ""])
def test_other_relations_are_no_notices(word):
    assert notice(PAPER, stated=[(word, "10.5555/one")]) is None
    assert marks(PAPER, stated=[word]) == ()


def test_of_several_things_stated_the_gravest_counts():
    stated = [("correction", "10.5555/one"), ("retraction", ""), ("retraction", "10.5555/two")]
    assert notice("Correction: x y z", stated=stated) == Notice(Mark.RETRACTED, "10.5555/two")
    assert marks(PAPER, stated=["correction", "retraction", "correction"]) == (Mark.RETRACTED, Mark.CORRECTED)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("Retraction of Publication", Mark.RETRACTED),
        ("Retraction Notice", Mark.RETRACTED),
        ("Expression of Concern", Mark.CONCERN),
        ("Published Erratum", Mark.CORRECTED),
        ("Corrections", Mark.CORRECTED),
    ],
)
def test_a_kind_makes_a_notice_too(kind, mark):
    assert notice(PAPER, ["Journal Article", kind]) == Notice(mark)


def test_a_retracted_publication_is_no_notice_but_marked():
    kinds = ["Journal Article", "Retracted Publication"]
    assert (notice(PAPER, kinds), marks(PAPER, kinds)) == (None, (Mark.RETRACTED,))


@pytest.mark.parametrize("kind", ["Research", "Error correction", "Corrections and community health", "Concern"])
def test_other_kinds_make_none(kind):
    assert (notice(PAPER, [kind]), marks(PAPER, [kind])) == (None, ())


def test_every_feeds_items_are_looked_at():
    retracted, notified, plain = read(
        rss(
            f"<item><title>RETRACTED: {PAPER}</title><link>https://a.example/1</link></item>"
            f"<item><title>Correction to: {PAPER}</title><link>https://a.example/2</link></item>"
            f"<item><title>{PAPER}</title><link>https://a.example/3</link></item>"
        )
    ).items
    assert (retracted.notice, retracted.marks) == (None, (Mark.RETRACTED,))
    assert (notified.notice, notified.marks) == (Notice(Mark.CORRECTED), ())
    assert (plain.notice, plain.marks) == (None, ())


def test_a_notice_never_concerns_itself():
    found = item(f"<title>Correction: {PAPER}. doi:10.5555/self</title><link>https://doi.org/10.5555/self</link>")
    assert found.notice == Notice(Mark.CORRECTED)


@given(
    st.lists(st.sampled_from(["Retraction", "of", ":", "“", "”", "Chan", "et al.", "(2020)", "-", " "])).map(" ".join)
)
def test_what_is_about_nothing_is_no_notice(title):
    if about(title):
        assert notice(title) or marks(title)


@pytest.mark.parametrize("piece", ["Correction to ", "A B, ", "(", "[", "“x", " et al", "retraction and ", "2020 ("])
def test_titles_that_are_built_to_be_slow_are_not(piece):
    title = "Correction to " + piece * (60_000 // len(piece))
    assert len(about(title)) <= 500
    assert marks(title + "retraction") == ()
