"""Imported first: keeps out what takes a second of every command and no command of ours uses.

Where rfc3987_syntax is installed, jsonschema, which reads notebooks, makes 38 parsers of addresses out of it.
They check the format "iri", which no notebook's schema knows; without them jsonschema leaves that check out.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
