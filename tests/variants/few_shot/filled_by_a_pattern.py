# note: the template's places are filled by one regular expression

# %% build_prompt
import re


def build_prompt(template, examples, query, k):
    def fill(pattern, values):
        return re.sub(r"\{(text|label)\}", lambda found: values[found[1]], pattern)

    if not isinstance(k, int) or k < 0 or len(examples) < k:
        raise ValueError(f"{k} of {len(examples)} examples")
    parts = [template["instruction"], *(fill(template["example"], e) for e in examples[:k])]
    parts = [part for part in parts if part] + [fill(template["query"], {"text": query["text"]})]
    return template["delimiter"].join(parts)

# %% my_template
my_template = dict(emlab.TEMPLATES["review"], template_id="mine", instruction="Is the guest content?",
                   example="Guest: {text}\nAnswer: {label}", query="Guest: {text}\nAnswer:")
