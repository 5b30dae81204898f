"""What is worked out once and then looked up, faster than any function that caches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Remembered(dict[Asked, Answer], Generic[Asked, Answer]):
    """Answers by what was asked, worked out when it is first asked for.

    No more than `most` are remembered at a time, so that no text can fill the memory.
    """

    def __init__(self, most: int, work_out: Callable[[Asked], Answer]) -> None:
        self._most = most
        self._work_out = work_out

    def __missing__(self, asked: Asked) -> Answer:
        if len(self) >= self._most:
            self.clear()
        self[asked] = answer = self._work_out(asked)
        return answer
