"""The types of values that cross between tests and worker, a library a file."""
