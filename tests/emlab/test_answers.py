"""Records of written answers, and the types of change."""

import emlab

FIELDS = dict(
    model="mock:oracle",
    params=1,
    version="v1",
    part="dev",
    item={"item_id": "dev-0001", "question": "q", "answer": "9"},
    examples=["pool-0002"],
    prompt="Question: q\nAnswer:",
    response=" 9.",
    parsed="9",
)


def test_a_record_has_the_columns_of_the_log():
    record = emlab.make_answer(**FIELDS)
    assert tuple(record) == emlab.LOG_COLUMNS
    assert record["prompt_sha256"] == emlab.prompt_sha256(FIELDS["prompt"])
    assert (record["template_id"], record["condition"], record["k"]) == ("v1", "dev", 1)


def test_correct_compares_what_was_parsed_with_the_answer():
    assert emlab.make_answer(**FIELDS)["correct"] is True
    assert emlab.make_answer(**{**FIELDS, "parsed": None})["correct"] is False


def test_every_type_of_change_names_keys_of_a_prompt():
    for keys in emlab.CHANGE_TYPES.values():
        assert set(keys) <= set(emlab.PROMPT_KEYS)
    assert all("parser" not in keys for kind, keys in emlab.CHANGE_TYPES.items() if kind != "parser")


def test_published_counts_give_the_published_scores():
    table = emlab.published("bbh_codex").set_index("task")
    assert (table[["both", "direct_only", "cot_only", "neither"]].sum(axis=1) == table["n"]).all()
    direct = (100 * (table["both"] + table["direct_only"]) / table["n"]).round(1)
    steps = (100 * (table["both"] + table["cot_only"]) / table["n"]).round(1)
    assert (direct["word_sorting"], steps["word_sorting"]) == (50.4, 40.4)
    assert (direct["causal_judgement"], steps["causal_judgement"]) == (63.6, 54.0)
    assert (direct["multistep_arithmetic_two"], steps["multistep_arithmetic_two"]) == (1.2, 47.6)


def test_the_published_table_by_size_can_be_drawn():
    table = emlab.published("chain_of_thought")
    assert "2201.11903" in table.attrs["source"] and "2205.11916" in table.attrs["source"]
    figure = emlab.chain_of_thought_by_size(table)
    assert len(figure.axes[0].lines) == 5  # four families and the line at 0
