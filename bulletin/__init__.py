"""From feeds to the inbox, with an editor in between: the path of an item, one room after the other.

    fetch     Feed + Validators                  -> Fetched | NotModified | FetchError     row: visit
    parse     Fetched                            -> Items, or ParseError
    shelve    Items (identity says which are one) -> the new ones                          rows: item, sighting
    classify  Items, Topics, Decisions           -> Suggestions, with the words that made them    row: suggestion
    decide    a person's ruling on an Item       -> Decision                               row: decision
    compose   Bulletin, Candidates, date         -> Edition                                rows: edition, edition_item
    render    Edition x DistributionList         -> Email (subject, html, text)            files: output/
    deliver   Email x Subscriber                 -> Answer of the mail server      rows: delivery, attempt, ending

`jobs` leads the item from room to room and is the only place where a room meets the store. Rooms know the nouns
(`model`, `identity`, `errors`) and nothing else of ours.
"""

__version__ = "0.1.0"
