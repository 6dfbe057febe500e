"""A run from outside: what is asked, the process that answers, and the verdict."""
