"""`verify`: the proofs that a kata is right."""
