"""Whatever a kernel broadcasts, what is gathered fits into a notebook."""

import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emgrader.sandbox.frames import Message
from emgrader.sandbox.outputs import Collector, OutputCaps

KINDS = ["stream", "display_data", "execute_result", "error", "update_display_data", "clear_output", "other"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
HONEST = {
    "name": st.sampled_from(["stdout", "stderr"]),
    "text": st.text(),
    "data": st.dictionaries(st.sampled_from(["text/plain", "text/html", "application/json"]), VALUES),
    "metadata": st.just({}),
    "transient": st.fixed_dictionaries({"display_id": st.sampled_from(["a", "b"])}),
    "execution_count": st.just(1),
    "ename": st.text(),
    "evalue": st.text(),
    "traceback": st.lists(st.text()),
    "wait": st.booleans(),
}
CONTENTS = st.fixed_dictionaries({}, optional={name: good | VALUES for name, good in HONEST.items()})


def gathered(*messages, caps=None):
    displays = {}
    collectors = []
    for cell in messages:
        collectors.append(Collector(caps or OutputCaps(), displays))
        for kind, content in cell:
            collectors[-1].add(Message(kind, "id", content))
    return [collector.outputs for collector in collectors]


@settings(max_examples=40)
@given(st.lists(st.lists(st.tuples(st.sampled_from(KINDS), CONTENTS), max_size=6), max_size=3))
def test_any_messages(messages):
    for outputs in gathered(*messages):
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=outputs)])
        nbformat.validate(nb)
        nbformat.writes(nb).encode("utf-8")
        json.dumps(nb, allow_nan=False)


def shown(text, identity=None):
    transient = {} if identity is None else {"display_id": identity}
    return {"data": {"text/plain": text}, "metadata": {}, "transient": transient}


def test_a_later_cell_changes_what_an_earlier_one_shows():
    first, second = gathered(
        [("display_data", shown("old", "a")), ("stream", {"name": "stdout", "text": "x"})],
        [("update_display_data", shown("new", "a"))],
    )
    assert [output.get("data") for output in first] == [{"text/plain": "new"}, None] and second == []


@pytest.mark.parametrize("update", [{"data": []}, {"data": {}, "metadata": 7}, {}])
def test_a_broken_update_changes_nothing(update):
    (outputs,) = gathered(
        [
            ("display_data", shown("old", "a")),
            ("update_display_data", {**update, "transient": {"display_id": "a"}}),
            ("error", {"ename": "E", "evalue": "", "traceback": [], "transient": {"display_id": "a"}}),
        ]
    )
    assert outputs[0].data == {"text/plain": "old"} and len(outputs) == 2


def test_a_lone_surrogate_is_replaced():
    ((output,),) = gathered([("stream", {"name": "stdout", "text": "a\ud800b\U0001f600"})])
    assert output.text == "a\ufffdb\U0001f600"


def test_an_output_that_is_nested_too_deeply_is_left_out():
    deep = json.loads("[" * 400 + "]" * 400)
    assert gathered([("display_data", {"data": {"application/json": deep}, "metadata": {}})]) == [[]]
