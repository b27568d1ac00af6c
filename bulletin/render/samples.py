"""The tokens of a reader who is nobody: what is approved holds their links, and each copy another reader's."""

# Of the form of a token: 16 letters for a reader, 32 that prove it.
SAMPLE_LEAVE = "0000000000000000" + "a1c9f3b7d25e4860" + "5b3e7d91c0f8a264"
SAMPLE_CHOICES = "0000000000000000" + "c7e20f6ba94d1835" + "e9061d4f7bb2c83a"
