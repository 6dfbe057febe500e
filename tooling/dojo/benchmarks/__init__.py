"""How long the tool takes: one table a benchmark, ratios first."""
