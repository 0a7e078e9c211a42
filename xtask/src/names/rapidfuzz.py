"""RapidFuzz on the names of the bench: scores of pairs, or times of questions. Called by `cargo xtask names`."""

import sys
import time

from rapidfuzz import fuzz, process, utils

what, names, questions = sys.argv[1:4]


def columns(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


if what == "score":
    for row in columns(names):
        print(fuzz.WRatio(row[1], row[2], processor=utils.default_process) / 100)
else:
    listed = columns(names)
    texts = [utils.default_process(row[1]) for row in listed]
    for truth, question in columns(questions):
        begun = time.perf_counter()
        found = process.extract(utils.default_process(question), texts, scorer=fuzz.WRatio, limit=5)
        spent = (time.perf_counter() - begun) * 1000
        right = any(listed[place][0] == truth for _, _, place in found)
        print(f"{spent:.3f}\t{truth}\t{int(right)}")
