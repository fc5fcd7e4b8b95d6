"""A synthetic atlas, opened once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metes.ask.atlas import Atlas
from metes.claims.case import Judged
from metes.claims.check import Report, check
from metes.claims.judge import Judge
from metes.claims.lexicon import Lexicon
from metes.claims.reader import Reading, read
from tests.claims.synthetic import compiled


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas(compiled())


@pytest.fixture(scope="session")
def lexicon(atlas: Atlas) -> Lexicon:
    return atlas.lexicon


@pytest.fixture(scope="session")
def reading(lexicon: Lexicon) -> Callable[[str], Reading]:
    return lambda text: read(text, lexicon)


@pytest.fixture(scope="session")
def judging(atlas: Atlas) -> Callable[[str], Report]:
    judge = Judge(atlas)
    return lambda text: check(atlas, text, judge=judge)


@pytest.fixture(scope="session")
def one(judging: Callable[[str], Report]) -> Callable[[str], Judged]:
    def only(text: str) -> Judged:
        claims = judging(text).claims
        assert len(claims) == 1, [claim.frame for claim in claims]
        return claims[0]

    return only
