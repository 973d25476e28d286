"""Regular expressions that are compiled where they are first used.

Kutip has several hundred, of which a question needs one in four. To compile them all, `kutip ask` would take an eighth
more processor time from its start to its answer, and `kutip sources`, which asks nothing, a third more.
"""

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Regex:
    """Does what a compiled regular expression does, and is compiled for the first of it."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile it; its methods are its own from then on, so that this is not called again."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return self.__dict__[name]


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` would return, compiled where it is first used: for the patterns of modules.

    It has its methods and `pattern`, not `flags` and the like. One that cannot be compiled raises `re.error` only then;
    `tests/test_patterns.py` compiles all of them.
    """
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))
