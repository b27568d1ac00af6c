"""Finds items that are one thing, by their words alone.

wording   what of an item is compared
likeness  how alike titles and texts are
apart     words that tell two things apart
preprints preprints, and who wrote them
verdict   whether two items are one
alike     the pairs among new and known items
"""
