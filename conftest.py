"""For the tests and the course's notebooks alike."""

import os

from hypothesis import settings

# Where a learner gets plain words, a test wants the error itself.
os.environ["IEP_TRAINING_STRICT"] = "1"

# How long an example takes says more about the machine than about the kit.
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")
