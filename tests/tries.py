"""How often a law is tried: seldom where every try costs a database, twenty times as often by `make laws`."""

from hypothesis import settings

settings.register_profile("usual", max_examples=50)
settings.register_profile("many", max_examples=1000)
settings.load_profile("usual")


def tries(usual: int) -> int:
    """So many examples, or many more."""
    return usual * (20 if settings.get_current_profile_name() == "many" else 1)
