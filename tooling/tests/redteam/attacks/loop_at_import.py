"""Never finishes to be imported.

Judged: * timeout
In-process: * timeout
"""

while True:
    pass
