"""Times orjson.loads over the frames of a file, one per line: a run for each line of input.

The processor's time counts.
"""

import gc
import sys
import time

import orjson


def main():
    with open(sys.argv[1], "rb") as file:
        frames = file.read().splitlines()
    for frame in frames:
        orjson.loads(frame)
    gc.disable()
    print("ready", flush=True)
    loads = orjson.loads
    for _ in sys.stdin:
        start = time.thread_time_ns()
        for frame in frames:
            loads(frame)
        print(time.thread_time_ns() - start, flush=True)


main()
