"""Times orjson.loads over the frames of a file, one per line: a run for each line of input.

A run goes through all frames, part by part, and prints the nanoseconds of each part on one line. The processor's
time counts. There is nothing around the calls: `map` and `deque` loop over them in C.
"""

import gc
import sys
import time
from collections import deque

import orjson


def main():
    with open(sys.argv[1], "rb") as file:
        frames = file.read().splitlines()
    size = int(sys.argv[2])
    parts = [frames[start : start + size] for start in range(0, len(frames), size)]
    gc.disable()
    print("ready", flush=True)
    loads = orjson.loads
    clock = time.thread_time_ns
    for _ in sys.stdin:
        times = []
        for part in parts:
            start = clock()
            deque(map(loads, part), 0)
            times.append(clock() - start)
        print(*times, flush=True)


main()
