"""`%%analysis NAME`: renders an analysis, and under it what it still lacks."""

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.display import Markdown, display

from emlab.analysis.checklist import problems, rows
from emlab.analysis.render import as_html, as_text
from emlab.analysis.rules import RULES
from emlab.claims import recorded
from emlab.claims.cells import is_table
from emlab.messages import say


@magics_class
class AnalysisMagics(Magics):
    """The cell magic of the analyses."""

    @cell_magic
    def analysis(self, line: str, cell: str) -> None:
        """%%analysis NAME, then Markdown. Stores analyses[NAME] = {"text", "claims", "checks"}, plain data.

        Reads the tables that the rules name, and `responses`, from the notebook's variables.
        """
        name = line.strip()
        if name not in RULES:
            raise UsageError(say("analysis_unknown", name=name, known=", ".join(RULES)))
        rules, variables = RULES[name], self.shell.user_ns
        analysis = {"text": cell, "claims": recorded()}
        tables = {table: variables[table] for table in rules["tables"] if is_table(variables.get(table))}
        found = rows(problems(analysis, tables, variables.get("responses"), rules), rules)
        analysis["checks"] = [
            {"id": row.id, "ok": row.state != "to do", "message": "\n".join(row.messages) or row.title}
            for row in found
        ]
        if not isinstance(variables.get("analyses"), dict):
            variables["analyses"] = {}
        variables["analyses"][name] = analysis
        display(Markdown(cell))
        display({"text/plain": as_text(name, found), "text/html": as_html(name, found)}, raw=True)
