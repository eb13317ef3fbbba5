"""emgrader: what instructors run. The examiner, its sandboxes, the model broker, the batch, the reports."""
