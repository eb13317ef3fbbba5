# student: student04
# from: student01
# note: stopped after part 3

# %% effects
# YOUR CODE HERE
raise NotImplementedError()

# %% attention_functions
# YOUR CODE HERE
raise NotImplementedError()

# %% induction
# YOUR CODE HERE
raise NotImplementedError()

# %% derivation
YOUR ANSWER HERE

# %% bayes_functions
# YOUR CODE HERE
raise NotImplementedError()

# %% few_shot_gain
# YOUR CODE HERE
raise NotImplementedError()

# %% claims
# YOUR CODE HERE
raise NotImplementedError()

# %% analysis
%%analysis few_shot

## Hypothesis
*Write here: what did you expect before you ran anything, and why?*
I expected more examples to help.

## Design
*Write here: what did you vary, what did you hold fixed, and how large a difference could you see?*

## Results
*Write here: how does accuracy change with the number of examples, on each rung? Cite your claims.*

## Order and selection
*Write here: do order and choice of examples matter, and for whom?*

## What did not work
*Write here: which prompts, formats or items failed? Quote at least two items that a rung got wrong.*

## Limits
*Write here: what can't you conclude, and what would you do next?*
