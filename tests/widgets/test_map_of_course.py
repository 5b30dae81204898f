"""The course map can be shown as often as a page is opened, and counts as the modules do."""

from __future__ import annotations

import re


def test_the_map_is_shown_again_and_again(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        # Each run of the cell imports anew. A submodule of the same name would take the function's place.
        from iep_training import course_map

        assert "Start here" in course_map().html


def test_a_module_has_its_own_number_and_the_start_page_has_none(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    from iep_training import course_map

    shown = re.findall(r'<li[^>]*>(\d+\. )?<a href="(\d\d)_', course_map().html)
    assert shown[0] == ("", "00")
    assert shown[1:] == [(f"{number}. ", f"{number:02}") for number in range(1, 11)]
