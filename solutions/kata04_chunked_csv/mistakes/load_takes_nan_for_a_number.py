"""float() is the only check of a number, and it takes nan.

Fails: TestLoadSqlite::test_nan_in_a_number_column_is_an_error
"""

FROM_TEXT = {"TEXT": str, "INTEGER": int, "REAL": float}
