# student: student13
# from: student03
# note: deleted one check and copied another cell; the answers are right

# %% -remove select_random

# %% +copy order_examples
