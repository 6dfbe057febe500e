"""The name of the function holds a number.

Outcome: error
Says: has something else under the name of center
"""

center = 3.0
