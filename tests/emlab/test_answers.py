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
