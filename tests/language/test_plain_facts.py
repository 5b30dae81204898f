"""Nothing is found in disability names, safety facts, bare data and the kit's advice; hardly a thing in its prose."""

import csv
import tomllib
from pathlib import Path

import pytest

from iep_training.language import read_statement, rules

HERE = Path(__file__).parent
FACTS = tomllib.loads((HERE / "plain_facts.toml").read_text(encoding="utf-8"))
PROSE = HERE.parents[1] / "benchmarks" / "training" / "prose.csv"


def found(text):
    return [finding.rule for finding in read_statement(text).findings if finding.severity == "finding"]


@pytest.mark.parametrize("name", FACTS["disabilities"])
def test_naming_a_disability_is_no_finding(name):
    for text in (
        f"Has {name}.",
        f"Maya was diagnosed with {name}.",
        f"He receives special education services for {name}.",
    ):
        assert found(text) == [], text


@pytest.mark.parametrize("kind", ["identity_first", "safety", "bare_data", "ordinary"])
def test_plain_facts_have_no_finding(kind):
    assert {text: rule for text in FACTS[kind] if (rule := found(text))} == {}


@pytest.mark.parametrize("rule", rules.reader().rules, ids=lambda rule: rule.id)
def test_what_the_kit_says_itself_has_no_finding(rule):
    for text in (rule.why, rule.instead, rule.instead_skill.replace("{skill}", "read aloud")):
        assert found(text) == [], text


def test_prose_about_teaching_has_hardly_a_finding():
    with PROSE.open(encoding="utf-8", newline="") as lines:
        texts = [row["statement"] for row in csv.DictReader(lines)]
    assert len(texts) > 2000
    flagged = [text for text in texts if found(text)]
    assert len(flagged) < len(texts) / 200, flagged
