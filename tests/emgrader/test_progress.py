import io

from rich.console import Console

from emgrader.progress import Board


def board(**options):
    file = io.StringIO()
    return file, Board(["student01", "student02"], Console(file=file, width=80, **options))


def run(board):
    with board:
        board.start("student01")
        board.at("student01", "setup")
        board.end("student01", "17 of 17 by machine")
        board.start("student02")
        board.end("student02", "its process was [ended]", failed=True)


def test_a_log_file_gets_one_line_for_each_end():
    file, shown = board()
    run(shown)
    first, second = file.getvalue().splitlines()
    assert first.startswith("[1/2] student01") and first.endswith("17 of 17 by machine")
    assert second.startswith("[2/2] student02") and second.endswith("its process was [ended]")


def test_a_dumb_terminal_gets_the_same(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    file, shown = board(force_terminal=True)
    run(shown)
    assert len(file.getvalue().splitlines()) == 2 and "\x1b[" not in file.getvalue()


def test_a_terminal_shows_all_in_place(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    file, shown = board(force_terminal=True, height=40)
    run(shown)
    assert "✓" in file.getvalue() and "✗" in file.getvalue() and "2 of 2" in file.getvalue()
