"""The students' version of cells in which prose is written under a cell magic.

nbgrader's ClearSolutions puts a code stub (`raise NotImplementedError()`) into every code cell. In a cell
that starts with `%%analysis` the student writes Markdown, so there the solution is taken out and nothing is
put in: the headings and the prompts under them stay.
"""

from nbgrader.preprocessors import ClearSolutions
from traitlets import List, Unicode


class ClearProse(ClearSolutions):
    """ClearSolutions that leaves no code stub in prose cells. Use it in place of ClearSolutions."""

    prose_magics = List(Unicode(), ["%%analysis"], help="cell magics under which students write prose").tag(
        config=True
    )

    def preprocess_cell(self, cell, resources, cell_index):
        words = cell.source.split(maxsplit=1)
        if cell.cell_type != "code" or not words or words[0] not in self.prose_magics:
            return super().preprocess_cell(cell, resources, cell_index)
        stubs = self.code_stub
        self.code_stub = dict.fromkeys(stubs, "")
        try:
            return super().preprocess_cell(cell, resources, cell_index)
        finally:
            self.code_stub = stubs
