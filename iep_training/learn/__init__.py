"""Open the course for a learner: `folder` makes or resumes the working folder, `server` opens it in the browser."""
