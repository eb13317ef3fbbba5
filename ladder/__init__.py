"""How the ladder of small language models is made: corpus, tokenizer, training, measurement, model card."""
