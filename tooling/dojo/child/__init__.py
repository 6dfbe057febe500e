"""The process that runs a kata's tests, with the learner's code in it."""
