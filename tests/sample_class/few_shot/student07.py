# student: student07
# note: handed in the starter, untouched
