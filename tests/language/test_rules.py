"""Every rule proves itself: what it must find, what it must leave alone, and advice that it would not flag."""

import pytest

from iep_training.language import rules
from iep_training.language.statement import evidence
from iep_training.model import CourseError

KIT = rules.reader()


def found(text):
    return {hit[0].id for hit in evidence(text).rule_hits}


@pytest.mark.parametrize("rule", KIT.rules, ids=lambda rule: rule.id)
def test_rule_finds_its_flags_and_nothing_is_found_in_its_passes(rule):
    for text in rule.flags:
        assert rule.id in found(text), text
    for text in rule.passes:
        assert not found(text), text


@pytest.mark.parametrize("rule", KIT.rules, ids=lambda rule: rule.id)
def test_advice_is_never_flagged(rule):
    for advice in (rule.instead, rule.instead_skill.replace("{skill}", "read aloud")):
        assert not found(advice), advice


def test_there_are_enough_rules_and_every_id_is_its_own():
    assert len(KIT.rules) >= 60
    assert len({rule.id for rule in KIT.rules}) == len(KIT.rules)


def write(folder, entry):
    file = folder / "mine.toml"
    file.write_text(entry, encoding="utf-8")
    return file


GOOD = """[[rule]]
id = "mine"
patterns = ["grumbles"]
why = "Why."
instead = "Consider this."
source = "seed"
flags = ["Grumbles."]
passes = ["Sings."]
"""


def test_a_good_entry_loads(tmp_path):
    assert [rule.id for rule in rules.load_rules(write(tmp_path, GOOD))] == ["mine"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('why = "Why."', 'wy = "Why."', "mine.toml, rule “mine”: “wy” is not a field.*Did you mean “why”"),
        ('why = "Why."\n', "", "rule “mine”: “why” is missing"),
        ('"seed"', '"somebody"', "not in sources.toml"),
        ('["Grumbles."]', "[]", "“flags” is empty"),
        ('["grumbles"]', '"grumbles"', "should be a list"),
        ("[[rule]]", "[[rule", "mine.toml:.*Check quotation marks"),
        ('id = "mine"', 'id = "mine"\nseverity = "awful"', "use “finding” or “advisory”"),
    ],
)
def test_a_slip_is_told_with_file_entry_and_fix(tmp_path, old, new, words):
    with pytest.raises(CourseError, match=words):
        list(rules.load_rules(write(tmp_path, GOOD.replace(old, new))))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("<nobody>", "no word group <nobody>"),
        ("(a | b", "closing parenthesis"),
        ("a & b", "mark"),
        ("...", "at least one word"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_told(tmp_path, pattern, words):
    made = list(rules.load_rules(write(tmp_path, GOOD.replace("grumbles", pattern))))
    with pytest.raises((CourseError, ValueError), match=words):
        rules.compile_reader(made, (), KIT.lexicon)
