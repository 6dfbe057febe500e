"""A kata as its files state it: which there are, what each asks for, its hints, its sources."""
