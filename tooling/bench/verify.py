"""`bench verify`: how many seconds each proof of a kata takes."""

import argparse
from collections.abc import Sequence
from statistics import median

from dojo.author.verify.verify import CHECKS, benches, name_of, only, prove
from dojo.kata.catalog import Kata

from bench.rounds import each
from bench.table import Column, Measured, Row

SHARE = "{:.0%}"


def measure(katas: Sequence[Kata], options: argparse.Namespace) -> Measured:
    """Prove katas, and say which share of the time each proof takes."""
    checks = only(options.only)(katas[0]) if options.only else CHECKS
    names = [name_of(check) for check in checks]
    rows: list[Row] = []
    with benches(katas) as bench:
        for kata in each(katas):
            rounds = [prove(bench(kata), checks) for _ in range(options.rounds)]
            seconds = {
                name: median(proof.seconds for proof in proofs)
                for name, proofs in zip(names, zip(*rounds, strict=True), strict=True)
            }
            rows.append(row(kata, seconds))
    columns = (
        Column("kata", "kata"),
        *(Column(f"share of {name}", name, SHARE) for name in names),
        Column("total", "total s", "{:.1f}"),
    )
    return Measured("verify", "All proofs of a kata, and the share of each", columns, rows)


def row(kata: Kata, seconds: dict[str, float]) -> Row:
    """Return what is known of one kata: shares for the table, and the seconds themselves."""
    total = sum(seconds.values())
    shares = {f"share of {name}": taken / total for name, taken in seconds.items()}
    return {"kata": kata.short, "total": total, **shares, **seconds}
