"""A policy for late work: a tenth of what was earned for each day begun.

Switched on in nbgrader_config.py with `c.AssignLatePenalties.plugin_class = "emgrader.late.TenthPerDay"`;
without that line nbgrader takes nothing off. nbgrader applies it where an assignment has a due date.
"""

import math

from nbgrader.plugins import LateSubmissionPlugin

DAY = 24 * 60 * 60  # seconds


class TenthPerDay(LateSubmissionPlugin):
    """Ten percent of the score for each day begun after the due date, all of it from the tenth day on."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """The points to take off, between 0 and `score`; nbgrader asks for late submissions only."""
        return score * min(10, math.ceil(total_seconds_late / DAY)) / 10
