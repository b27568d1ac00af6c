"""Weighs items by what topic files say, from the first day on, before anybody has decided anything.

phrases   the phrases of topic files, found in a text
reading   how a topic reads a text: features
vectors   readings as TF-IDF vectors
weights   what each feature is worth to each topic: from topic files, and from decisions
weighed   what the scale shows of one item
scale     points of items for topics, and the words that made them
"""
