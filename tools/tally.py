#!/usr/bin/env python3
"""Counts what passed and failed: tally.py LABEL=FILE…

A FILE is TAP, or one of Meson's testlog.json, whose tests carry TAP or only an exit status. Prints the
failed ones by name, then the skipped ones with their reasons, and last, alone on its line,
"N passed, N failed". The exit status is 1 when something failed or a file is missing or empty.
"""
import json
import re
import sys

LINE = re.compile(r"^\s*(not )?ok\b\s*\d*\s*-?\s*(.*)$")
PLAN = re.compile(r"^\s*1\.\.(\d+)")
passed, failed, skipped = [], [], []


def take_tap(label, text, died=None):
    """Results of one TAP stream. One that stops early has failed, whatever it said before."""
    planned = seen = bad = 0
    for line in text.splitlines():
        plan, result = PLAN.match(line), LINE.match(line)
        if plan:
            planned += int(plan[1])
        if not result:
            continue
        seen += 1
        name, _, why = result[2].partition("# ")
        row = f"{label}: {name.strip()}"
        if re.match(r"skip", why, re.I) and not result[1]:
            skipped.append(f"{row} ({why[4:].strip()})")
        elif result[1]:
            bad += 1
            failed.append(row)
        else:
            passed.append(row)
    if seen < planned or seen == 0:
        failed.append(f"{label}: stopped after {seen} of {planned} tests")
    elif died and not bad:
        failed.append(f"{label}: {died}")


def take_meson(label, path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    if not rows:
        failed.append(f"{label}: no tests were run")
    for row in rows:
        name = f"{label}: {row['name'].split(' / ')[-1]}"
        text = row.get("stdout", "")
        if row["result"] == "SKIP" and not LINE.search(text):
            skipped.append(f"{name} ({text.strip().splitlines()[-1] if text.strip() else 'no reason given'})")
        elif any(LINE.match(line) for line in text.splitlines()):
            died = None if row["result"] in ("OK", "SKIP") else row["result"].lower()
            take_tap(name, text, died)
        else:
            (passed if row["result"] == "OK" else failed).append(name)


for argument in sys.argv[1:]:
    label, _, path = argument.partition("=")
    try:
        if path.endswith(".json"):
            take_meson(label, path)
        else:
            take_tap(label, open(path, encoding="utf-8", errors="replace").read())
    except OSError:
        failed.append(f"{label}: gave no result")

for title, rows in (("Skipped", skipped), ("Failed", failed)):
    if rows:
        print(f"{title}:")
        for row in rows:
            print(f"  {row}")
print(f"{len(passed)} passed, {len(failed)} failed")
sys.exit(bool(failed))
