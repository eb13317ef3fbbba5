# student: student08
# from: student03
# late: 2 days
# note: everything solved, two days late
