"""What a run found, as a person reads it."""
