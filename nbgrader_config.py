"""The course's settings for nbgrader. Stock commands and formgrader, started in this folder, use them."""

from emgrader import configure

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "emergent_capabilities"

# Student code runs in a sandbox, hidden tests outside of it, and feedback shows no hidden test.
configure(c)

# What an instructor may want to change (the values are the defaults):
# c.Examiner.engine = "auto"  # or "podman", "docker", "bubblewrap"; "local" protects nothing
# c.Examiner.cell_timeout = 180  # seconds for one cell of a student
# c.Examiner.call_timeout = 30  # seconds for one call of a student's function by a test
# c.Examiner.test_timeout = 120  # seconds for one test cell
# c.Examiner.notebook_timeout = 900  # seconds for a whole notebook
# c.Examiner.memory = 2048  # megabytes for a submission
# c.Examiner.distributions = ["numpy", "pandas", "matplotlib"]  # what student code may import
