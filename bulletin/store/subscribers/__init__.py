"""The people who get bulletins, what they chose, and who must not be written to."""
