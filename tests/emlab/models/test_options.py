from dataclasses import dataclass

import pytest

from emlab.models.options import answers, full_name, parse


@dataclass(frozen=True)
class Some:
    dtype: str = answers("auto")
    chat: bool = answers(False)
    most: int | None = answers(None)
    rate: float | None = None


def test_options_follow_the_name_or_come_by_keyword():
    assert parse(Some, "hf:a/b", {}) == ("a/b", Some())
    target, options = parse(Some, "hf:C:\\a, b,dtype=x,chat=true,rate=2", {"most": 5, "dtype": "y"})
    assert (target, options) == ("C:\\a, b", Some("y", True, 5, 2.0))


def test_the_name_holds_what_decides_the_answers():
    _, options = parse(Some, "hf:a", {"rate": 1, "chat": True, "most": 7})
    assert full_name("hf:", "a", options) == "hf:a,chat=true,most=7"
    assert parse(Some, "hf:a,chat=true,most=7", {})[1] == Some(chat=True, most=7)


@pytest.mark.parametrize(
    "keywords, message",
    [
        ({"colour": 1}, "no option 'colour'.*dtype, chat, most, rate"),
        ({"chat": "perhaps"}, "chat must be bool, but it is 'perhaps'"),
        ({"most": "x"}, "most must be int"),
        ({"most": True}, "most must be int"),
        ({"rate": "x"}, "rate must be float"),
        ({"dtype": 3}, "dtype must be str"),
    ],
)
def test_an_option_that_makes_no_sense_is_named(keywords, message):
    with pytest.raises(ValueError, match=message):
        parse(Some, "hf:a", keywords)
