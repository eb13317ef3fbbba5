"""The command `emlab`: evaluate a model on benchmarks, list what there is, fetch data.

emlab eval --model ladder/… --task ladder_commonsense --limit 100
emlab eval --model ladder/… --task ladder_reviews,sst2_like --num_fewshot 5 --output log.jsonl.gz
emlab models
emlab tasks [WORD]
emlab fetch gsm8k
"""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from emlab.messages import say
from emlab.models.base import ModelUnavailable
from emlab.models.recorded import NotRecorded


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status. What the user can put right is said in one line."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (ValueError, OSError, ImportError, ModelUnavailable, NotRecorded) as error:
        print(say("cli_error", reason=error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("cli_stopped"), file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="emlab", description="Evaluate language models on benchmarks.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    evaluation = commands.add_parser("eval", help="evaluate a model on tasks")
    evaluation.add_argument(
        "--model", required=True, help="what emlab.load takes, for example a name that `emlab models` lists"
    )
    evaluation.add_argument("--task", "--tasks", required=True, help="names of tasks or groups, with commas")
    evaluation.add_argument("--num_fewshot", type=_natural, help="examples in a prompt (default: the task's)")
    evaluation.add_argument("--limit", type=_positive, help="only the first so many items of each task")
    evaluation.add_argument("--gen_kwargs", default="", help="max_gen_toks=NUMBER: most tokens of an answer")
    evaluation.add_argument("--output", help="the file of the raw log (default: named after what is run)")
    evaluation.add_argument(
        "--confirm_run_unsafe_code",
        action="store_true",
        help="run programs that the model wrote also where there is no sandbox for them",
    )
    evaluation.set_defaults(run=_eval)

    models = commands.add_parser("models", help="list the models of the ladder")
    models.set_defaults(run=_models)

    tasks = commands.add_parser("tasks", help="list the tasks")
    tasks.add_argument("word", nargs="?", default="", help="only those with this in their name")
    tasks.set_defaults(run=_tasks)

    fetching = commands.add_parser("fetch", help="fetch the data of benchmarks")
    fetching.add_argument("benchmark", nargs="*", help="which; without one, what there is")
    fetching.add_argument("--yes", action="store_true", help="do not ask")
    fetching.add_argument("--from", dest="way", choices=("auto", "hub", "files"), default="auto")
    fetching.set_defaults(run=_fetch)
    return parser


def _eval(options: argparse.Namespace) -> int:
    import pandas as pd

    import emlab
    from emlab import benchmarks

    names = options.task.split(",")
    for name in names:
        benchmarks.members(name)  # an unknown one is said before a model is loaded
    max_gen_toks = _max_gen_toks(options.gen_kwargs)
    folder = Path(options.output or "").parent
    if not os.access(folder, os.W_OK):  # said before hours of work
        raise ValueError(say("eval_no_folder", folder=folder))
    model = emlab.load(options.model)
    results = benchmarks.run(
        model, names, options.num_fewshot, options.limit, max_gen_toks, options.confirm_run_unsafe_code
    )
    params = f"{model.params:,}" if model.params else "?"
    print(
        say("eval_settings", model=model.name, params=params, revision=model.revision, dtype=model.dtype),
        end="\n\n",
    )
    print(benchmarks.results_table(results))
    log = pd.DataFrame([row for result in results for row in result.rows])
    path = options.output or _log_name(model.name, names, options)
    emlab.save_responses(log, path)
    print(say("eval_log", rows=len(log), path=path))
    return 0


def _models(options: argparse.Namespace) -> int:
    from emlab.models.ladder import checkpoints, find_rung, rungs

    print(f"{'model':16} {'parameters':>12}  revision")
    for name in [*rungs(), *checkpoints()]:
        rung = find_rung(name)
        print(f"{name:16} {rung.params:>12,}  {rung.revision}")
    print(say("models_others"))
    return 0


def _tasks(options: argparse.Namespace) -> int:
    from emlab import benchmarks

    for name in benchmarks.groups():
        if options.word in name:
            group = benchmarks.get_group(name)
            print(f"{name:48} {len(group.tasks)} x  {group.about}")
    for name in benchmarks.tasks():
        if options.word in name:
            task = benchmarks.get_task(name)
            print(f"{name:48} {task.num_fewshot}-shot  {task.about}")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from emlab.benchmarks import fetch

    sources = [fetch.find_source(name) for name in options.benchmark or fetch.SOURCES]
    missing = []
    for source in sources:
        if fetch.is_fetched(source) and options.way == "auto":
            print(say("fetch_present", benchmark=source.name, folder=fetch.store.folder()))
        else:
            missing.append(source)
            print("\n".join(fetch.plan(source, options.way)))
    if not missing or not options.benchmark:
        return 0
    if not options.yes:
        if not sys.stdin.isatty():
            raise ValueError(say("fetch_needs_yes"))
        answer = input(say("fetch_question", folder=fetch.store.folder()))
        if answer.strip().lower() not in ("y", "yes"):
            print(say("fetch_declined"))
            return 1
    for source in missing:
        fetch.fetch(source.name, options.way)
    return 0


def _max_gen_toks(given: str) -> int | None:
    """The number in "max_gen_toks=64"."""
    if not given:
        return None
    if found := re.fullmatch(r"max_gen_toks=([1-9]\d*)", given):
        return int(found[1])
    raise ValueError(say("eval_gen_kwargs", given=given))


def _log_name(model: str, names: Sequence[str], options: argparse.Namespace) -> str:
    """The same for the same run, so that a second one replaces the first."""
    shots = "" if options.num_fewshot is None else f"_{options.num_fewshot}-shot"
    limit = "" if options.limit is None else f"_first-{options.limit}"
    whole = f"{model}_{'+'.join(names)}{shots}{limit}"
    return re.sub(r"[^\w.+-]", "-", whole)[:150] + ".jsonl.gz"


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
