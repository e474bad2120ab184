"""Run what waits in the task queue, as the worker does, inside the test's transaction."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def run_waiting_jobs() -> None:
    """Run every task that is ready, then return.

    The worker's own loop closes connections between tasks, and with them the test's transaction.
    """
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim("tests")
        worker.run_task(waiting)
