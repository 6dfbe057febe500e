"""`grade`: what a cohort handed in, judged and reported."""
