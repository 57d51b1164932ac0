"""Many documents on any ``concurrent.futures.Executor``: every one is checked, failed ones are told, nothing twice."""

from checker.batch.judge import Job, Outcome, Settings, judge_files
from checker.batch.run import run
from checker.batch.sources import find_jobs
from checker.batch.store import Store
from checker.batch.workers import WorkerDiedError, Workers

__all__ = [
    "Job",
    "Outcome",
    "Settings",
    "Store",
    "WorkerDiedError",
    "Workers",
    "find_jobs",
    "judge_files",
    "run",
]
