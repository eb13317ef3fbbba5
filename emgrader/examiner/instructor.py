"""What the instructor's locked cells import and define, for tests to use.

A test may rely on `np` or on a helper from a locked cell further up. The student's kernel has these names
too, but there the student could have changed them: an assert_equal that never complains, for example. So
imports, functions and classes of locked cells are taken from the cell's source and run here, with the test.
"""

import ast


class Definitions:
    """The imports, functions and classes at the top level of some cells' sources, by name."""

    def __init__(self, sources):
        self._statements = {}
        for source in sources:
            try:
                tree = ast.parse(source)
            except SyntaxError:  # a magic command, for example
                continue
            for statement in tree.body:
                for name in _bound(statement):
                    self._statements[name] = statement

    def __contains__(self, name):
        return name in self._statements

    def define(self, name, namespace):
        """Run the statement that binds `name` in `namespace`."""
        statement = self._statements[name]
        exec(compile(ast.Module([statement], []), "<locked cell>", "exec"), namespace)


def _bound(statement):
    if isinstance(statement, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [alias.asname or alias.name for alias in statement.names if alias.name != "*"]
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    return []
