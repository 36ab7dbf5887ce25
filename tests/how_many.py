"""How many cases of a law are drawn: some in the suite, each time others; very many in the long run."""

from hypothesis import settings

SUITE, LONG = "suite", "long"
settings.register_profile(SUITE, max_examples=25, deadline=None, print_blob=True)
settings.register_profile(LONG, settings.get_profile(SUITE), max_examples=1_000)


def times(share: float) -> settings:
    """So many times as many cases as usual: a law has many corners, or it takes long to try it."""
    assert settings.default is not None
    return settings(max_examples=round(share * settings.default.max_examples))
