"""The course map can be shown as often as a page is opened."""

from __future__ import annotations


def test_the_map_is_shown_again_and_again(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        # Each run of the cell imports anew. A submodule of the same name would take the function's place.
        from iep_training import course_map

        assert "Start here" in course_map().html
