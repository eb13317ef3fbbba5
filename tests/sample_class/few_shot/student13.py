# student: student13
# from: student03
# note: deleted one check and copied another cell

# %% -remove summarize_counts
# %% +copy build_prompt
