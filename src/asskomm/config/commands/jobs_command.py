# SPDX-License-Identifier: EUPL-1.2
"""List jobs, cancel one, try one again, or work off what waits."""

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from asskomm.config.cli import CommandError, require_prepared, start_django

if TYPE_CHECKING:
    from asskomm.core.jobs.models import Job

SHOWN = 50


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--cancel", metavar="AUFTRAG", help="einen Auftrag abbrechen")
    what.add_argument("--again", metavar="AUFTRAG", help="einen gescheiterten Auftrag noch einmal versuchen")
    what.add_argument("--show", metavar="AUFTRAG", help="einen Auftrag mit dem zeigen, was er gesagt hat und was dabei herauskam")
    what.add_argument("--run", action="store_true", help="abarbeiten, was wartet, und dann enden")
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Do what is asked, then list the newest."""
    start_django()
    require_prepared()
    from asskomm.core.jobs.domain import orders
    from asskomm.core.jobs.domain.worker import Worker, worker_name
    from asskomm.core.jobs.models import Job

    if options.cancel:
        orders.cancel(_find(options.cancel))
    if options.again:
        orders.try_again(_find(options.again))
    if options.run:
        worker = Worker(worker_name())
        while worker.work():
            pass
    if options.show:
        return _show(_find(options.show), as_json=options.json)
    jobs = list(Job.objects.all()[:SHOWN])
    print(json.dumps([_as_json(job) for job in jobs], ensure_ascii=False, indent=2) if options.json else "\n".join(map(_line, jobs)) or "Keine Aufträge.")
    return 0


def _show(job: "Job", *, as_json: bool) -> int:
    lines = list(job.lines.all())
    if as_json:
        said = [{"at": line.at.isoformat(), "text": line.text} for line in lines]
        print(json.dumps(_as_json(job) | {"log": said}, ensure_ascii=False, indent=2))
        return 0
    print("\n".join([_line(job), *(f"{localtime(line.at):%d.%m.%Y %H:%M:%S}  {line.text}" for line in lines)]))
    if job.result:
        print(json.dumps(job.result, ensure_ascii=False))
    return 0


def _find(reference: str) -> "Job":
    from asskomm.core.jobs.models import Job

    found = Job.objects.filter(reference=reference).first()
    if found is None:
        raise CommandError(f"Den Auftrag „{reference}“ gibt es nicht. „asskomm jobs“ nennt alle.")
    return found


def _as_json(job: "Job") -> dict[str, object]:
    return {
        "reference": job.reference,
        "task": job.task,
        "title": job.title,
        "state": job.state,
        "created_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "percent": job.percent,
        "fault": job.fault,
        "result": job.result,
    }


def _line(job: "Job") -> str:
    bar = "█" * (job.percent // 10) + "░" * (10 - job.percent // 10)
    return f"{job.reference}  {bar}  {job.get_state_display():15} {job}" + (f" ({job.fault})" if job.fault else "")
