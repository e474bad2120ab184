"""Run what waits in the task queue, as the worker does."""

from django_tasks_db.management.commands.db_worker import Worker


def run_waiting_jobs() -> None:
    """Run every task that is ready, then return."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    ).run()
