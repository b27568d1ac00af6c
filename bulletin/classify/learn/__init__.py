"""Learns headings from examples: TF-IDF and linear models.

classifier  the estimator, in scikit-learn's conventions
"""
