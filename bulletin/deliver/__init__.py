"""Takes finished mails to the server that sends them on: the very bytes, to one recipient at a time.

post          Post: one mail by itself, in a conversation of its own; way_of: a Line or a Folder, as is told
line          Line: many mails over one line, each with an answer
folder        Folder: the same, with a folder in the server's place
conversation  the steps of SMTP, and how far they came; opening: encryption and log-in; mail: what is said
answers       what an answer means, for the reader and for the mails behind it
words         what went wrong, in one line that repeats no password and no address
"""

from bulletin.deliver.folder import Folder
from bulletin.deliver.line import Line
from bulletin.deliver.post import Post, Way, way_of

__all__ = ["Folder", "Line", "Post", "Way", "way_of"]
