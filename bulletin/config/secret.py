"""The key that signs tokens: long, and nobody's example."""

LEAST = 32  # characters
_FEWEST_DIFFERENT = 10  # of 32 random hexadecimal digits, about one in 9,000 shows fewer
_SAMPLES = ("changeme", "change-me", "change_me", "secret", "example", "sample", "password", "0123456789")
_MAKE = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


def secret_key(value: str) -> str:
    """Read a secret key; raise ValueError, which never repeats it, when it could be guessed (reference bar W11)."""
    if len(value) < LEAST:
        raise ValueError(f"must have {LEAST} characters or more; {_MAKE}")
    if len(set(value)) < _FEWEST_DIFFERENT or any(word in value.lower() for word in _SAMPLES):
        raise ValueError(f"is an example that others know, or easy to guess; {_MAKE}")
    return value
