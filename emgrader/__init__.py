"""emgrader: what instructors run. The examiner, its sandboxes, the model broker, the batch, the reports."""


def configure(c):
    """Use the examiner in a course: `from emgrader import configure; configure(c)` in nbgrader_config.py."""
    from emgrader.config import configure

    configure(c)
