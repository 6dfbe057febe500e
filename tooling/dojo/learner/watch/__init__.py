"""`watch`: a verdict at every save, on a screen with keys."""
