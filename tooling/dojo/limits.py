"""Every bound of the tool: time, memory, output, messages, and what strangers hand in.

Seconds are float or int, sizes are bytes unless a name says otherwise.
"""

# A run: what a learner's code may take.
TEST_SECONDS = 10.0
LONGEST_TEST_SECONDS = 3600
SOURCE_BYTES = 256 * 2**10
MEMORY_BYTES = 4 * 2**30
FILE_BYTES = 64 * 2**20
PRINTED_CHARACTERS = 2**20
# As many as a ThreadPoolExecutor starts by itself: more would be felt by whoever is graded beside.
THREADS = 32
# After so many broken processes the other tests of a function are not run.
BREAKS = 3

# A run: how long our own processes wait for each other.
STARTUP_SECONDS = 300.0
# Whoever takes longer to be collected is collected by each run for itself.
COLLECT_SECONDS = 30.0
# How much longer than the limit the parent waits, so that the child can write its stack down.
GRACE_SECONDS = 0.3
# The part of the limit of time by which the stack of a test that hangs may be older than its end.
STALE_STACK = 0.2

# Diagnosis: how many numbers of what a call returned are looked at, and how many are kept; of how
# many calls of a test; up to how many items what a green test's call returned is held until then;
# and the size of a kata's file.
DIGESTED_NUMBERS = 2**20
DIGEST_LENGTH = 8
DIGESTED_CALLS = 40
HELD_ITEMS = 1_000
FINGERPRINTS_BYTES = 100_000

# The sandbox: what a worker has. Whoever writes one file too long is told so, as in-process.
DISK_BYTES = FILE_BYTES + 2**20
OPEN_FILES = 64
# Python starts THREADS at once; the others are those that end just now, or are a library's own.
TASKS = 3 * THREADS

# A message between tests and worker. Of empty lists, one of this length takes 1.3 GB.
FRAME_BYTES = 16 * 2**20
VALUES = 2_000_000
MESSAGE_PRINTED_CHARACTERS = PRINTED_CHARACTERS + 1
ERROR_CHARACTERS = 20_000
# So many arguments of a callback can be promised; nothing is of those behind.
CALLBACK_PARAMETERS = 50
# So many generators may one call have spawned of an rng.
SPAWNED_GENERATORS = 10_000
ARRAY_AXES = 32
# Of an index that is written as its ends, where a test may do something with it.
INDEX_ROWS = 2**22
# Rows, or columns: some of scipy's operations set aside as many numbers as there are.
SPARSE_LENGTH = 2**22
OFFSET_CHARACTERS = 40
# Of an offset that is found step by step.
OFFSET_STEPS = 100
SENT_FILES = 1000
# Seconds of this thread's own time to look through a database.
DATABASE_SECONDS = 2.0

# A learner's repository, which is read without git.
READ_SECONDS = 60.0
# What is unpacked of one repository, in all.
UNPACKED_BYTES = 256 * 2**20
COMMIT_BYTES = 2**20
TREE_BYTES = 4 * 2**20
TAG_DEPTH = 10
# What git itself writes is at most 50 deep, and no base is more than 32 times its delta's size.
DELTA_DEPTH = 4096
DELTA_BASE_BYTES = 8 * 2**20
PACKS = 50
LOOSE_REF_BYTES = 4096
PACKED_REFS_BYTES = 4 * 2**20
REF_DEPTH = 5
BRANCHES = 100
FOLDER_NAMES = 10_000

# A fetch: git runs, and somebody else decides what it gets.
FETCH_SECONDS = 300.0
FETCH_PROCESSOR_SECONDS = 120
FETCH_MEMORY_BYTES = 2**30
# More than this is no learner's work on katas. It all comes as one pack, which is one file.
FETCH_BYTES = 256 * 2**20
# A clone that was fetched into more often is made anew.
FETCHED_PACKS = 20
FETCH_SAID_BYTES = 2**16

# Grading.
MOST_POINTS = 1000
CONNECT_SECONDS = 10
# GitHub drops the whole summary of a step that is larger.
JOB_SUMMARY_BYTES = 2**20
