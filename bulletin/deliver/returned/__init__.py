"""What an email that came back tells: pure reading of hostile bytes, bounded in time and memory, that raises nothing.

told       Returned: what one email tells
reading    read: from bytes to that
shape      emails as a tree that cannot grow, and their headers as plain lines
reports    reports of delivery (RFC 3464)
letters    complaints (RFC 5965), emails that ask to leave, automatic answers, reports in plain words
traces     which of our messages it is about: Message-IDs, and the tags of our return addresses
codes      what an enhanced status code (RFC 3463) means for the reader
files      a folder of .eml files
"""

from bulletin.deliver.returned.codes import kind_of, kind_of_answer
from bulletin.deliver.returned.files import in_folder
from bulletin.deliver.returned.reading import read
from bulletin.deliver.returned.told import Returned

__all__ = ["Returned", "in_folder", "kind_of", "kind_of_answer", "read"]
