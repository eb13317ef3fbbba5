"""Plugs the examiner into a course's nbgrader_config.py."""

from pathlib import Path


def configure(c):
    """Set in `c` what generate_assignment, autograde, generate_feedback and formgrader do with notebooks.

    Everything else stays nbgrader's own, and settings like `c.Examiner.engine` go into the same file.
    """
    c.GenerateAssignment.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        "nbgrader.preprocessors.InstantiateTests",
        "nbgrader.preprocessors.LockCells",
        "emgrader.prose.ClearProse",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.CheckCellMetadata",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.SaveCells",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.sanitize_preprocessors = [
        "emgrader.examiner.preprocessors.Reconcile",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "emgrader.examiner.preprocessors.Examiner",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "emgrader.examiner.preprocessors.SaveEvents",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "emgrader.feedback.Feedback",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    c.GenerateFeedback.HTMLExporter.template_file = str(Path(__file__).with_name("feedback.html.j2"))
    # formgrader's page of a submission, and feedback
    c.HTMLExporter.preprocessors = ["emgrader.neutral.Neutral"]
    c.HTMLExporter.filters = {
        "markdown2html": "emgrader.neutral.safe_markdown",
        "highlight_code": "emgrader.neutral.safe_code",
    }
