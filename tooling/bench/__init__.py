"""The benchmarks: one a file, each a table, ratios first."""
