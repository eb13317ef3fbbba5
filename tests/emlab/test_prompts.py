import pytest

from emlab.prompts import TEMPLATES


@pytest.mark.parametrize(("name", "template"), TEMPLATES.items())
def test_a_template_has_its_fields_and_ends_without_a_space(name, template):
    assert set(template) == {"template_id", "instruction", "example", "query", "delimiter"}
    assert template["template_id"] == name
    assert template["query"] == template["query"].rstrip()
    assert template["delimiter"].strip() == ""


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_an_example_is_its_query_and_the_label(template):
    query = template["query"].format(text="the soup was cold")
    assert template["example"].format(text="the soup was cold", label="dax") == f"{query} dax"


def test_there_are_trained_and_untrained_templates():
    assert set(TEMPLATES) == {"review", "input", "arrow", "quiz", "pipe"}
