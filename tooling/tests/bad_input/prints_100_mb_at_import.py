"""A hundred megabytes are printed while the file is imported, and there is no function in it.

Outcome: error
Says: prints_100_mb_at_import.py
Says: Take the print out
"""

for _ in range(100):
    print("x" * 2**20)
