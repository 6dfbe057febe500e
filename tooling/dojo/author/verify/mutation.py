"""The proof by mutants: the tests notice nearly every small change of the reference."""

from collections.abc import Sequence, Set

from dojo.author.verify.mutants import Mutant, Survivor, mutate, read_survivors
from dojo.author.verify.workbench import Bench, Proof
from dojo.errors import UsageError
from dojo.run.request import DEFAULT_SEED, Request, ask

GOAL = 0.97
# A test on a mutant may take so many times as long as the slowest on the reference, and seconds.
SLOWER, AT_LEAST = 20, 1.0
BATCH = 50


def check_mutants(bench: Bench) -> Proof:
    """At least 97 % of the mutants are killed, each survivor has a reason, each test a catch."""
    kata = bench.kata
    mutants, annotations = mutate(kata.reference.read_text(encoding="utf-8"))
    lazy = {t.id for t in bench.reference.tests} - bench.caught
    killers = kill(bench, mutants, tuple(sorted(lazy)))
    living = [m for m, killer in zip(mutants, killers, strict=True) if not killer]
    problems = [*survivor_problems(living, read_survivors(kata.solution / "survivors.toml"))]
    killed = len(mutants) - len(living)
    share = killed / len(mutants) if mutants else 0.0
    if share < GOAL:
        problems.insert(0, f"only {share:.1%} of the mutants are killed; {GOAL:.0%} are asked for.")
    problems += idle_tests(bench, mutants, lazy - set(killers))
    figure = f"{killed} of {len(mutants)} killed ({share:.1%}), {annotations} annotations left out"
    return Proof("mutants", figure, tuple(problems))


def kill(bench: Bench, mutants: Sequence[Mutant], first: tuple[str, ...]) -> list[str]:
    """Return, for each mutant, the first test that notices it, or ''; UsageError for a fault."""
    requests = [request(bench, i, m, first=first, stop=True) for i, m in enumerate(mutants)]
    killers = []
    for verdict in bench.run(*requests):
        if verdict.fault:
            raise UsageError(f"a mutant could not be judged: {verdict.fault}")
        red = verdict.first_red()
        killers.append(red.id if red else "")
    return killers


def request(bench: Bench, number: int, mutant: Mutant, **more: object) -> Request:
    """Ask for a run on a mutant."""
    path = bench.scratch / f"{bench.kata.name}_mutant{number}.py"
    path.write_text(mutant.source, encoding="utf-8")
    slowest = max((t.seconds for t in bench.reference.tests), default=0.0)
    limit = max(AT_LEAST, SLOWER * slowest)
    return ask(bench.kata, DEFAULT_SEED, file=path, timeout=limit, **more)


def survivor_problems(living: Sequence[Mutant], known: Sequence[Survivor]) -> list[str]:
    """List the living mutants without a reason, and the reasons without a living mutant."""
    unknown = [m for m in living if not any(s.explains(m) for s in known)]
    stale = [s for s in known if not any(s.explains(m) for m in living)]
    problems = [
        f"a mutant lives, {m}: test it, simplify the line, or give the reason in survivors.toml."
        for m in unknown
    ]
    return problems + [
        f"survivors.toml lists a mutant that does not live: {s.was.strip()} -> {s.now.strip()}."
        for s in stale
    ]


def idle_tests(bench: Bench, mutants: Sequence[Mutant], suspects: Set[str]) -> list[str]:
    """List those of some tests that catch no mutant, run alone on every one of them."""
    idle = tuple(t.id for t in bench.reference.tests if t.id in suspects)
    for start in range(0, len(mutants), BATCH):
        if not idle:
            break
        batch = enumerate(mutants[start : start + BATCH], start)
        for verdict in bench.run(*[request(bench, i, m, ids=idle) for i, m in batch]):
            red = {t.id for t in verdict.tests if t.outcome != "passed"}
            idle = tuple(t for t in idle if t not in red)
    return [f"{t} catches no mistake and no mutant: what is it for?" for t in idle]
