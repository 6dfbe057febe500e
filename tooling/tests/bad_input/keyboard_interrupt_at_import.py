"""The file raises what Ctrl-C raises.

Outcome: error
Says: keyboard_interrupt_at_import.py raised KeyboardInterrupt in line {here}
"""

raise KeyboardInterrupt  # here
