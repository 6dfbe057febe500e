"""The file never gets to its end.

Outcome: timeout
Says: Importing loop_at_import.py was still running after 1 s, in line {here}
"""

number = 0
while number < 1:  # here
    number *= 2  # here
