"""Takes finished mails to the server that sends them on: the very bytes, to one recipient at a time.

post     Post: one mail, one recipient, one conversation
words    what went wrong in it, in one line that repeats no password and no address
"""

from bulletin.deliver.post import Post

__all__ = ["Post"]
