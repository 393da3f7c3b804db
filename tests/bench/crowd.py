"""One client that wants figures, beside a crowd that wants nothing: how much longer does it wait?

10,000 idle connections, 64 readers that never read, 64 requests sent a byte a second and 200 resets a second.
"""
import pathlib
import statistics
import sys
import time

from contest import run
from reading import Ours, import_areas

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from beside_a_crowd import Crowd, Reader  # noqa: E402

SIZE = [100, 500, 12]
KINDS = {"idle": 10_000, "silent": 64, "dripping": 64, "resets": 200}
SECONDS, A_SECOND = 20, 100


def percentile(took, share):
    return took[min(int(share * len(took)), len(took) - 1)] * 1000


def told(name, took):
    print(f"  {name:<28} median {percentile(took, 0.5):7.2f} ms   99th percentile {percentile(took, 0.99):7.2f} ms   "
          f"longest {took[-1] * 1000:7.2f} ms   of {len(took)}", flush=True)


def slope(samples):
    """Bytes a minute, by least squares."""
    times = [at / 60 for at, _ in samples]
    sizes = [size for _, size in samples]
    middle, mean = statistics.fmean(times), statistics.fmean(sizes)
    return sum((t - middle) * (s - mean) for t, s in zip(times, sizes)) / sum((t - middle) ** 2 for t in times)


def crowded(ours, reader, minutes):
    before, samples, took, begun = ours.memory(), [], [], time.monotonic()
    with Crowd(ours.port, ours.key, **KINDS) as crowd:
        while time.monotonic() - begun < 60 * minutes:
            took += reader.ask_all_the_time(10, A_SECOND)
            samples.append((time.monotonic() - begun, ours.memory()))
    told("beside the crowd", sorted(took))
    print(f"  the crowd: {crowd.said}")
    print(f"  memory before {before / 1e6:.0f} MB, at most {max(size for _, size in samples) / 1e6:.0f} MB, "
          f"slope after the first half {slope(samples[len(samples) // 2:]) / 1e6:+.2f} MB a minute")


def beside_a_crowd(build, work, minutes):
    url = f"sqlite:///{work}/figures.db"
    run([str(build / "tests/bench/bench_figures"), url, *map(str, SIZE)])
    import_areas(build, work, url)
    ours = Ours(build, work)
    try:
        reader = Reader(ours.port, ours.key, [f"indicator=I{n:03}&area=A{7 * n:03}" for n in range(50)])
        print("\ncrowd: one question after the other, a hundred a second, a series of twelve figures each")
        told("alone", reader.ask_all_the_time(SECONDS, A_SECOND))
        crowded(ours, reader, minutes)
        reader.ask_all_the_time(5, A_SECOND)  # until the last of them is gone
        told("alone again", reader.ask_all_the_time(SECONDS, A_SECOND))
        print(f"  memory afterwards {ours.memory() / 1e6:.0f} MB; connections of the reader: {reader.n_connected}")
    finally:
        ours.stop()
