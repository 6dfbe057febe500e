"""What a learner does: check, hint, solution, reset, progress."""
