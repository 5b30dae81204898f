"""300 spoiled files: each gives a result or one clear message, and never a category its good twin lacks."""

import pytest
from malformed import spoil

from iep_training.model import CANNOT_CLASSIFY, CourseError
from iep_training.progress import read_text
from iep_training.progress.reading import read_bytes


@pytest.mark.parametrize("number", range(300))
def test_a_spoiled_file(number):
    way, good, spoiled = spoil(number)
    right = {growth.id: growth.category for growth in read_text(good).growths()}
    try:
        read = read_bytes(spoiled, "class.csv")
    except CourseError as error:
        message = str(error)
        assert message.startswith("class.csv: "), way
        assert "\n" not in message, way
        return
    for growth in read.growths():
        if growth.category == CANNOT_CLASSIFY:
            assert growth.why, way
        else:
            assert growth.category == right.get(growth.id), f"{way}: {growth}"
    if way == "a quotation mark over lines":
        assert any(growth.category == CANNOT_CLASSIFY for growth in read.growths())
