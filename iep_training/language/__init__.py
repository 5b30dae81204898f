"""Read a teacher's own words: a statement, a rewrite of it, or an annual goal, with reasons for all it says."""

from iep_training.language.goal import read_goal
from iep_training.language.rewrite import read_rewrite
from iep_training.language.statement import read_statement

__all__ = ["read_goal", "read_rewrite", "read_statement"]
