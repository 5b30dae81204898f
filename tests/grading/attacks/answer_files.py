"""Attacks through answers.json."""

from __future__ import annotations

import json
import os

from attacks import ANSWERS, Place, attack


def _write(place: Place, text: str) -> None:
    place.answers.write_text(text, encoding="utf-8")


@attack(score=0, told=True)
def no_answers_file(place: Place):
    place.answers.unlink()


@attack(score=0, told=True)
def linked_answers(place: Place):
    place.answers.unlink()
    place.answers.symlink_to("/etc/passwd")


@attack(score=0, told=True)
def answers_of_a_neighbor(place: Place):
    place.answers.unlink()
    place.answers.symlink_to(place.folder.parents[1] / "zz-honest" / place.folder.name / "answers.json")


@attack(score=0, told=True)
def piped_answers(place: Place):
    place.answers.unlink()
    os.mkfifo(place.answers)


@attack(score=0, told=True)
def endless_device_as_answers(place: Place):
    place.answers.unlink()
    place.answers.symlink_to("/dev/zero")


@attack(score=0, told=True)
def folder_as_answers(place: Place):
    place.answers.unlink()
    place.answers.mkdir()


@attack(score=0, told=True)
def huge_answers(place: Place):
    _write(place, json.dumps({"version": 1, "answers": {"g05-1": {"answer": "x" * 6_000_000}}}))


@attack(score=0, told=True)
def binary_answers(place: Place):
    place.answers.write_bytes(os.urandom(5_000))


@attack(score=0, told=True)
def answers_in_another_encoding(place: Place):
    place.answers.write_bytes(json.dumps({"version": 1, "answers": {}}).encode("utf-16"))


@attack(score=0, told=True)
def nested_answers(place: Place):
    _write(place, '{"version": 1, "answers": ' + "[" * 100_000)


@attack(score=0, told=True)
def half_a_file(place: Place):
    _write(place, place.answers.read_text()[:40])


@attack(score=0, told=True)
def empty_answers(place: Place):
    _write(place, "")


@attack(score=0, told=True)
def answers_as_a_list(place: Place):
    _write(place, '{"version": 1, "answers": [4.0, 4.0]}')


@attack(score=0, told=True)
def answers_of_another_version(place: Place):
    _write(place, '{"version": "1", "answers": {}}')


@attack(score=0, told=True)
def a_number_with_too_many_digits(place: Place):
    _write(place, '{"version": 1, "answers": {}, "x": ' + "9" * 10_000 + "}")


@attack(score=2, told=True)
def answers_of_wrong_types(place: Place):
    place.answer(g05_1={"earned": 4.0}, g02_1=4.0, g02_2=True, g02_3=None, g02_4=["a"])


@attack(told=True)
def entries_of_wrong_types(place: Place):
    tree = json.loads(place.answers.read_text())
    tree["answers"] |= {"g02-1": "with her notes", "g02-2": 7, "": None}
    _write(place, json.dumps(tree))


@attack(told=True)
def endless_answer(place: Place):
    place.answer(g02_1="a" * 500_000)


@attack(score=None)
def answer_to_slow_down_patterns(place: Place):
    place.answer(g02_1="can't " * 300 + "n" * 100, g02_2="with " * 380, g02_3=" " * 1_900 + "!")


@attack(told=True)
def longest_readable_answer(place: Place):
    place.answer(g02_1="when he may, " * 750, g02_5="never " * 1_500)


@attack()
def nul_in_answers(place: Place):
    place.answer(g05_1="continue_to_grow\x00", g05_4="\x00")


@attack()
def halves_of_characters(place: Place):
    place.answer(g02_1="\ud800", g02_2="\udfff" * 50)


@attack(score=None, told=True)
def script_in_answers(place: Place):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    place.answer(g02_1=script, g02_2=script, g05_2=script, g02_5=script)


@attack(told=True)
def markup_in_answers(place: Place):
    place.answer(
        g02_5="</div></textarea>\n\n[x](javascript:alert(1)) ![y](http://127.0.0.1:9/track.png)\n\n"
        "$$\\href{javascript:alert(1)}{z}$$ `<script>` {{ 7*7 }} {% raw %}"
    )


@attack(score=None, told=True)
def formulas_in_answers(place: Place):
    place.answer(g02_1='=HYPERLINK("http://127.0.0.1:9")', g02_5="=cmd|' /C calc'!A0")


@attack(told=True)
def text_that_runs_backward(place: Place):
    place.answer(g02_5="\u202egnp.exe\u202c \u2066\u200b\ufeff")


@attack()
def scores_in_the_file(place: Place):
    tree = json.loads(place.answers.read_text())
    for entry in tree["answers"].values():
        entry |= {"earned": 100, "score": 100, "points": 100}
    _write(place, json.dumps(tree | {"score": 25, "__class__": "Feedback"}))


@attack()
def not_numbers(place: Place):
    _write(place, place.answers.read_text().replace('"version"', '"x": [NaN, Infinity, -1e999], "version"'))


@attack()
def every_item_twice(place: Place):
    text = place.answers.read_text()
    _write(place, text.replace('"answers": {', '"answers": {"g05-1": {"answer": "big_growth"}, ', 1))


@attack()
def thousands_of_items(place: Place):
    many = {f"x{n}": {"answer": "x"} for n in range(10_000)}
    _write(place, json.dumps({"version": 1, "answers": many | {k: {"answer": v} for k, v in ANSWERS.items()}}))
