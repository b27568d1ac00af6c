"""Learns headings from examples: TF-IDF and linear models.

tokens       a text as numbers: its words in their order
counts       texts as counts of features, in views
weighting    counts as vectors: TF-IDF, and more weight for what tells
ridge        ridge regression for many labels at once
linear       the linear model inside: counted texts in, scores out
labels       labels as a table, and back
calibration  scores as probabilities, and a threshold for each label
why          the words for and against
fitted       what a classifier is after fitting
modelfile    its two files
classifier   the estimator, in scikit-learn's conventions
"""
