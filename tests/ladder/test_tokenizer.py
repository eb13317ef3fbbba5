import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer

from emlab.prompts import TEMPLATES
from emlab.tasks import ARBITRARY_LABELS, lexicon, reviews
from ladder.tokenizer import MAX_LENGTH, build_tokenizer, save_tokenizer

TOKENIZER = build_tokenizer()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tokenizer")
    save_tokenizer(folder)
    return AutoTokenizer.from_pretrained(folder)


@given(st.text())
def test_nothing_is_lost(text):
    assert TOKENIZER.decode(TOKENIZER.encode(text).ids, skip_special_tokens=False) == text


@given(st.text(alphabet=" ab7.\n\t-é") | st.text())
def test_the_saved_tokenizer_is_the_same_and_adds_nothing(loaded, text):
    assert loaded(text)["input_ids"] == TOKENIZER.encode(text).ids
    assert loaded.decode(loaded(text)["input_ids"]) == text


@pytest.mark.parametrize("word", [*lexicon.words(), *ARBITRARY_LABELS, *reviews.LABELS])
def test_the_words_of_the_tasks_are_single_tokens(word):
    assert len(TOKENIZER.encode(f" {word}").ids) == 1


@pytest.mark.parametrize("word", lexicon.FIRST_WORDS)
def test_first_words_are_single_tokens_at_the_beginning_of_a_line(word):
    assert len(TOKENIZER.encode(f"\n{word}").ids) == 2


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_ten_of_the_longest_reviews_and_an_instruction_fit(template):
    longest = "the garden and the hotel was lovely"  # seven words, as the grammar's longest reviews
    example = template["example"].format(text=longest, label="dax")
    prompt = template["delimiter"].join([*[example] * 10, template["query"].format(text=longest)])
    instruction = "Give the sentiment of each review ." + template["delimiter"]
    assert len(TOKENIZER.encode(instruction + prompt).ids) < MAX_LENGTH
