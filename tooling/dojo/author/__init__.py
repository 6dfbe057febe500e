"""What authors and instructors do; the learner's edition has none of it."""
