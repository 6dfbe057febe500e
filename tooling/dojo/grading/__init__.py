"""Grading a cohort of forks: submissions, the store, the gradebook and its reports."""
