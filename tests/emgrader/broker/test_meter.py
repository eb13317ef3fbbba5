import pytest

from emgrader.broker.meter import MAX_STORED_BYTES, Limits, Meter
from emgrader.broker.protocol import Refused


def test_everything_is_counted():
    meter = Meter()
    meter.admit(3, Limits())
    meter.admit(0, Limits())
    meter.charge(0.25)
    usage = meter.usage()
    assert (usage["frames"], usage["requests"], usage["seconds"]) == (2, 3, 0.25)


def test_requests_up_to_the_limit_are_admitted_and_a_refused_one_is_not_counted():
    meter, limits = Meter(), Limits(requests=10)
    meter.admit(8, limits)
    with pytest.raises(Refused, match="asked the models 10 requests"):
        meter.admit(3, limits)
    meter.admit(2, limits)
    assert meter.requests == 10


def test_empty_questions_run_out_too():
    meter, limits = Meter(), Limits(requests=10)
    for _ in range(10):
        meter.admit(0, limits)
    with pytest.raises(Refused):
        meter.admit(0, limits)


def test_seconds_run_out():
    meter, limits = Meter(), Limits(seconds=1)
    meter.charge(1.0)
    with pytest.raises(Refused, match="used 1 seconds"):
        meter.admit(1, limits)


def test_one_submission_can_not_fill_the_disk():
    meter = Meter()
    assert meter.may_store(MAX_STORED_BYTES - 1)
    assert not meter.may_store(2)
    assert meter.may_store(1)
