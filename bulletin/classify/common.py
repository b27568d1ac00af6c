"""Words that say little about a topic on their own; inside a phrase they count like any other.

The background of the classifier, in place of a count over the items of the day: an item is judged alike on whichever
day it comes and whatever comes with it.
"""

from bulletin.classify.text import stem

_GRAMMAR = """
a about above across after again against all almost along already also although always am among an and another any are
around as at away be became because been before being below between both but by can cannot could did do does doing
done don't down due during each either enough even ever every few first for from further get gets getting go goes
going had has have having he her here hers him his how however i if in into is it its itself just keep last least less
let like likely made make makes making many may me might more most much must my near need needs neither never no nor
not now of off often on once one only onto or other others our out over own per put rather same see seen set several
she should since so some still such than that the their theirs them themselves then there these they this those
through to together too toward towards two three four five six seven eight nine ten twelve twenty thirty under until
up upon us use used uses using very was way ways we well were what when where whether which while who whom whose why
will with within without would yet you your yours
"""
_EVERYWHERE = """
access action activity adult age aim amount analysis annual approach area article assessment author available
background based benefit best better bring call care case cause centre challenge change changing child children
clinical clinician cohort common community company conclusion condition conference control cost country course covid
current cut data day deal decision delivery department design develop developing development different difference
disease doctor early edition editor education effect effective effects england english europe european event evidence
evaluation example expert explore face factor family feature find finding focus force form found framework full future
general global good government great group growing guidance guide guideline head health help high higher history home
hospital hour human idea impact implementation important improve improvement improving include including increase
increasing individual information initiative interest international interview intervention introduce introduction
ireland join key know knowledge large launch law lead leading learn learned learning lesson level life link list
literature local london long look loss low lower main management manage managing matter meaning measure media medical
medicine meeting member method million minister model month move national need network new news next nhs north
northern number nurse nursing offer old older online open opinion opportunity order organisation outcome paper part
participant patient pathway people performance period person perspective pilot place plan planning podcast point
policy poor population practice press prevent prevention problem process product professional programme progress
project protocol provide provider public published quality question questionnaire randomised rate read real record
reduce reducing reduction region regional related release report research researcher resource response result review
rise rising risk role rule say school science scotland search second section sector secretary series service setting
share short show side significant single site skill small social society south staff stage standard start state
statement statistics step story strategy strong structure student study success support survey system systematic talk
target task team technology test thing think time today told tool top topic training treating treatment trend trial
trust try type uk understand understanding unit university update value view visit voice wales want week weekly west
win woman women word work worker working world worse year young yesterday
"""
GRAMMAR = frozenset(stem(word) for word in _GRAMMAR.split())
EVERYWHERE = frozenset(stem(word) for word in _EVERYWHERE.split()) - GRAMMAR
