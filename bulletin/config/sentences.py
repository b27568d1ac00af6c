"""What a shape found wrong, in plain sentences."""

from bulletin.config.values import listed, nearest, quoted

_FIXED = {
    "empty": "{key}: has no value: write one after the colon",
    "missing": "{key} is missing: {noun} needs it",
    "tuple_type": "{key}: must be a list: write each on its own line with a dash in front, or [one, two]",
    "dict_type": "{key}: must be keys with values: write each on its own line, such as ICB: integrated care board",
    "model_type": "{key}: {noun} must be keys with values, such as {first}: ...",
}


def sentence(kind: str, key: str, noun: str, keys: list[str], reason: str) -> str:
    """Say what is wrong with `key`; `noun` and `keys` tell what it stands in, `reason` is a reader's own sentence.

    `kind` is pydantic's name for it, or `empty`.
    """
    if kind == "value_error":
        return f"{key}: {reason}" if key else reason
    if kind == "extra_forbidden":
        hint = nearest(key, keys) or f": the keys of {noun} are {listed(keys, 'and')}"
        return f"unknown key {quoted(key)}{hint}"
    return _FIXED[kind].format(key=key, noun=noun, first=keys[0])
