"""The program behind the katas: it runs, teaches and proves them."""
