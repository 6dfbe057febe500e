"""What an author needs: the proofs of a kata, and the scaffold of a new one."""
