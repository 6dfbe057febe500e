"""Replaces the table by a view that counts for ever.

Judged: TestLargest timeout
"""

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c"


def largest(db):
    number = db.execute("SELECT max(n) FROM numbers").fetchone()[0]
    db.execute("DROP TABLE numbers")
    db.execute(f"CREATE VIEW numbers AS {ENDLESS}")
    db.commit()
    return number
