"""Short texts about people, with questions that the text answers."""

import random

from emlab.tasks.lexicon import DOMAINS
from emlab.tasks.world import JOBS, PEOPLE, TOWNS
from ladder.corpus.episodes import ANSWER, CONTEXT, Document

FOODS = DOMAINS[0].things


def people_facts(rng: random.Random) -> Document:
    """Where made-up people live, what they do and like, and then questions about them."""
    n = rng.randint(1, 3)
    people, towns, jobs = rng.sample(PEOPLE, n), rng.sample(TOWNS, n), rng.sample(JOBS, n)
    foods = rng.sample(FOODS, n)
    facts, questions = [], []
    for person, town, job, food in zip(people, towns, jobs, foods, strict=True):
        facts.append(f"{person} lives in {town}, works as a {job} and likes {food}.")
        questions += [
            (f"Where does {person} live?", town),
            (f"Who lives in {town}?", person),
            (f"Who likes {food}?", person),
            (f"Who works as a {job}?", person),
        ]
    document: Document = [(" ".join(facts) + "\n", CONTEXT)]
    for question, answer in rng.sample(questions, min(len(questions), 6)):
        document += [(f"Question: {question}\nAnswer:", CONTEXT), (f" {answer}", ANSWER), ("\n", CONTEXT)]
    return document
