"""lm-evaluation-harness's `hf` model, to compare with."""

from tests.conftest import needed


def load_harness(pretrained, dtype="float32", **how):
    """The harness's model of a folder, on the CPU."""
    huggingface = needed("lm_eval.models.huggingface")
    return huggingface.HFLM(pretrained=str(pretrained), device="cpu", dtype=dtype, batch_size=4, **how)


def ask_harness(lm, kind, requests):
    """What it answers to `requests`, which are as those of `emlab.Model`."""
    from lm_eval.api.instance import Instance

    instances = [
        Instance(request_type=kind, doc={}, arguments=request, idx=i) for i, request in enumerate(requests)
    ]
    return getattr(lm, kind)(instances, disable_tqdm=True)
