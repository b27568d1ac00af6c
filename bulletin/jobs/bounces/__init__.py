"""What comes back: bounces, complaints and emails that ask to leave are read, matched, counted and acted on.

Nothing is ever answered, marked or moved. An email counts for a message that we handed over, by the keyed tag of its
return address or by its Message-ID, and never by an address alone: what is forged for others changes no row.

addresses   where reports of an email come back to, and the tag in that address
taking      take: reading the folder, once for each email
acting      what one of them leads to: a count, a reader who left
stopping    stopping email to those from whom too much came back; the mail server's own last word counts as well
"""

from bulletin.jobs.bounces.addresses import envelope_id_of, sender_of
from bulletin.jobs.bounces.stopping import noticed
from bulletin.jobs.bounces.taking import take
from bulletin.jobs.bounces.told import Came

__all__ = ["Came", "envelope_id_of", "noticed", "sender_of", "take"]
