"""What a learner does: a verb a file."""
