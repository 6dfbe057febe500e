"""The file asks the person at the keyboard while it is imported.

Outcome: error
Says: asks_for_input_at_import.py reads what somebody types in line {here}
"""

MEAN = float(input("mean? "))  # here
