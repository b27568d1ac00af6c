"""The files that librarians own, and the environment, read into one Config: all mistakes at once, with their lines.

source     bytes       -> Document: plain data and line numbers, no YAML surprises
schema     Document    -> shapes, and from there the nouns
rules      Documents   -> what is wrong between their parts
newsroom   the starter -> a new workspace
feedsfile, topicfile, bulletinsfile  forms -> the same files with a few lines changed, or refused field by field
"""

from bulletin.config import bulletinsfile, feedsfile, topicfile
from bulletin.config.newsroom import init, starter
from bulletin.config.workspace import load, topic_file

__all__ = ["bulletinsfile", "feedsfile", "init", "load", "starter", "topic_file", "topicfile"]
