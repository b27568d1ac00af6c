"""The outbox: who gets what was approved, and how far each of them is."""
