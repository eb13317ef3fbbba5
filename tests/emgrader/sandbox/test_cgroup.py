"""Control groups of both versions, in a folder that stands in for the kernel's."""

import pytest

from emgrader.sandbox import Limits, cgroup

LIMITS = Limits(memory=2**30, processes=60, cpus=1.5)


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Makes folders behave a little like the kernel's: a new one has the files of its controllers."""

    def make(unified, files):
        made = type(tmp_path).mkdir

        def mkdir(path, *args, **kwargs):
            made(path, *args, **kwargs)
            if path.name.startswith(cgroup.PREFIX):
                for name in files.get(path.parent.name, ()):
                    (path / name).write_text("")

        for name in files:
            made(tmp_path / name)
            if unified:
                (tmp_path / name / "cgroup.controllers").write_text("cpu memory pids")
        names = {"memory": "memory", "pids": "pids", "cpu": "cpu"}
        roots = {c: tmp_path / (next(iter(files)) if unified else name) for c, name in names.items()}
        monkeypatch.setattr(cgroup, "hierarchies", lambda: roots)
        monkeypatch.setattr(type(tmp_path), "mkdir", mkdir)
        return tmp_path

    return make


def written(group):
    return {path.name: path.read_text().strip() for folder in group.folders for path in folder.iterdir()}


def test_version_1(kernel):
    files = {
        "memory": ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"],
        "pids": ["pids.max"],
        "cpu": ["cpu.cfs_period_us", "cpu.cfs_quota_us"],
    }
    kernel(False, files)
    group = cgroup.Group(LIMITS)
    assert written(group) == {
        "memory.limit_in_bytes": str(2**30),
        "memory.memsw.limit_in_bytes": str(2**30),
        "pids.max": "64",
        "cpu.cfs_period_us": "100000",
        "cpu.cfs_quota_us": "150000",
    }
    assert len(group.folders) == 3 and group.prefix[-1].count(cgroup.PREFIX) == 3


def test_version_2_without_swap(kernel):
    kernel(True, {"all": ["memory.max", "pids.max", "cpu.max"]})
    group = cgroup.Group(LIMITS)
    assert written(group) == {"memory.max": str(2**30), "pids.max": "64", "cpu.max": "150000 100000"}
    assert len(group.folders) == 1


def test_without_root_there_are_none(monkeypatch):
    cgroup.hierarchies.cache_clear()
    monkeypatch.setattr(cgroup.os, "geteuid", lambda: 1000)
    try:
        assert cgroup.hierarchies() == {}
    finally:
        cgroup.hierarchies.cache_clear()


def test_a_group_whose_processes_end_late_is_removed_with_the_next(kernel, monkeypatch):
    """Here the files that stand for the kernel's keep a folder from being removed."""
    kernel(True, {"all": ["memory.max", "pids.max", "cpu.max"]})
    monkeypatch.setattr(cgroup, "_ENDING", 0.05)
    late = cgroup.Group(LIMITS)
    late.close()
    (folder,) = late.folders
    assert folder.exists()
    for path in folder.iterdir():
        path.unlink()
    open_one = cgroup.Group(LIMITS)
    cgroup.Group(LIMITS)
    assert not folder.exists() and open_one.folders[0].exists()
