"""Settings for nbgrader, read by every `nbgrader` command that runs in this folder and by formgrader.

Authors edit the files in items/; source/ is written from them (`iep-training assignments`).
"""

from pathlib import Path

from iep_training.grading.settings import safe_grading

c = get_config()  # noqa: F821  (nbgrader provides it)

here = Path(__file__).resolve().parent
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "strengths-based-ieps"

# Learners may hand in under a name that isn't their login on this computer.
c.ExchangeCollect.check_owner = False

# Where learners and instructor share one computer or one network drive, name the shared folder here:
# c.Exchange.root = "/srv/nbgrader/exchange"

# Nothing a learner wrote is run; answers are marked as data; pages load nothing from outside.
safe_grading(c, here)
