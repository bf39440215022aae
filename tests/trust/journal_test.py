"""A journal is damaged: bits flip, the end is cut off, records stand there twice, in another order, or are another study's, and bytes
are missing, zero or too many. Nothing that is damaged is believed, exactly what cannot be read is run again, and the bytes of
the results are the same."""
import trust
from verbs import OUT, STUDIES, into

trial = trust.Trial("journal", needs_faults=True)
JOURNAL = "replications.journal"
WORDS = (*STUDIES["compare"], "--replications", "12")


def writes(record):
    """The sizes of what was written to the journal itself."""
    sizes = []
    for line in record.read_text(encoding="utf-8", errors="surrogateescape").split("\n"):
        cells = line.split("\t")
        if len(cells) == 6 and cells[0] == "write" and cells[1].endswith("/" + JOURNAL):
            sizes.append(int(cells[3]))
    return sizes


def study(*more):
    """The files of a finished study, its journal, and the records of it."""
    record = trial.there / "record"
    with trial.place() as place:
        done = trial.ask(into([*WORDS, *more]), cwd=place, under={"TRUST_RECORD": str(record)})
        if done.returncode != 0:
            trial.fault(f"compare fails: {done.stderr}")
        files, journal = trust.contents(place / OUT), (place / OUT / JOURNAL).read_bytes()
    sizes = writes(record)
    record.unlink()
    size = sizes[-1]
    first = len(journal) - sizes.count(size) * size
    return files, journal, [journal[at:at + size] for at in range(first, len(journal), size)]


def flip(rng, journal):
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        at = rng.randrange(len(journal))
        journal[at] ^= 1 << rng.randrange(8)


def overwrite(rng, journal):
    at, size = rng.randrange(len(journal)), rng.randint(1, 64)
    journal[at:at + size] = rng.randbytes(len(journal[at:at + size]))


def zero(rng, journal):
    at, size = rng.randrange(len(journal)), rng.randint(1, 600)
    journal[at:at + size] = bytes(len(journal[at:at + size]))


def cut_off(rng, journal):
    del journal[rng.randrange(len(journal)):]


def leave_out(rng, journal):
    at = rng.randrange(len(journal))
    del journal[at:at + rng.randint(1, 400)]


def put_in(rng, journal):
    at = rng.randrange(len(journal))
    journal[at:at] = rng.randbytes(rng.randint(1, 400))


def add_behind(rng, journal):
    journal += rng.randbytes(rng.randint(1, 1000))


class Records:
    """What can be done with whole records."""

    def __init__(self, records, foreign):
        self.records, self.foreign, self.size = records, foreign, len(records[0])

    def place(self, rng, journal):
        return len(journal) - self.size * rng.randint(1, len(self.records))

    def repeat(self, rng, journal):
        at = self.place(rng, journal)
        journal[at:at] = rng.choice(self.records)

    def put_foreign(self, rng, journal):
        at = self.place(rng, journal)
        journal[at:at] = rng.choice(self.foreign)

    def replace_by_foreign(self, rng, journal):
        at = self.place(rng, journal)
        journal[at:at + self.size] = rng.choice(self.foreign)

    def swap(self, rng, journal):
        a, b = self.place(rng, journal), self.place(rng, journal)
        journal[a:a + self.size], journal[b:b + self.size] = journal[b:b + self.size], journal[a:a + self.size]


def main():
    files, journal, records = study()
    _, _, foreign = study("--seed", "2")
    whole = Records(records, foreign)
    ways = (flip, flip, overwrite, zero, cut_off, leave_out, put_in, add_behind, whole.repeat, whole.put_foreign,
            whole.replace_by_foreign, whole.swap)
    size = len(records[0])
    wanted = {name: data for name, data in files.items() if name != JOURNAL}

    def attack(number):
        way = ways[number % len(ways)]
        changed = bytearray(journal)
        way(trial.rng, changed)
        lost = sum(1 for record in records if record not in changed)
        with trial.place() as place:
            (place / OUT).mkdir()
            for name, data in files.items():
                if name != "results.csv":  # without which it is not finished
                    (place / OUT / name).write_bytes(changed if name == JOURNAL else data)
            record = place / "record"
            done = trial.ask(into(WORDS), cwd=place, under={"TRUST_RECORD": str(record)})
            again = writes(record).count(size)
            about = f"{way.__name__} ({number})"
            if done.returncode != 0:
                trial.fault(f"{about}: exit {done.returncode}: {done.stderr[-300:]}")
            elif trust.results(place / OUT) != wanted:
                trial.fault(f"{about}: ends with other files")
            elif again != lost:
                trial.fault(f"{about}: {lost} records are damaged, and {again} were run again")

    trial.each(range(trial.count), attack)
    trial.end()


main()
