# student: student13
# from: student03
# note: deleted one check and copied another cell
