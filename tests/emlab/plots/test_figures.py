import itertools
import subprocess
import sys

import matplotlib
import numpy as np
import pandas as pd
import pytest

import emlab
from emlab import plots
from tests.emlab.plots.looking import assert_drawn, assert_legible, panels, series, words

RUNGS = {"ladder/22k": 22188, "ladder/54k": 53616, "ladder/774k": 773920}
KS = (0, 1, 3, 5, 10)


def row(model, k=5, acc=0.5, condition="arbitrary", strategy="random", template_id="review", n_items=200):
    low, high = emlab.wilson_interval(acc * n_items, n_items)
    values = dict(
        model=model, params=RUNGS[model], condition=condition, k=k, strategy=strategy, order="shuffled",
        template_id=template_id, n=3 * n_items, n_items=n_items, n_correct=round(3 * acc * n_items), acc=acc,
        ci_lo=low, ci_hi=high, n_unparsed=0, n_seeds=3, seed_sd=0.01,
    )  # fmt: skip
    assert tuple(values) == emlab.RESULT_COLUMNS
    return values


@pytest.fixture
def results():
    """Largest rung first, so that sorting by size shows."""
    rng = np.random.default_rng(0)
    return pd.DataFrame([row(m, k, float(rng.random())) for m, k in itertools.product(reversed(RUNGS), KS)])


# few_shot_curves


def test_few_shot_curves_show_the_accuracies_and_their_intervals(results):
    figure = plots.few_shot_curves(results)
    [axes] = panels(figure)
    drawn = series(axes)
    assert list(drawn) == [f"{model} ({params:,} parameters)" for model, params in RUNGS.items()]
    for (label, values), model in zip(drawn.items(), RUNGS, strict=True):
        assert model in label
        assert_drawn(values, results[results["model"] == model])
        assert values[0] == pytest.approx(KS, abs=0.25)
    assert list(axes.get_xticks()) == list(KS)
    assert axes.get_xlabel() == "k, number of examples"
    assert "share of items answered right" in axes.get_ylabel()
    assert axes.get_ylim() == pytest.approx((-0.04, 1.04))
    assert "Each mark: 200 items" in words(figure) and "95 % Wilson" in words(figure)
    assert_legible(figure)


def test_every_rung_has_its_own_colour_and_marker(results):
    [axes] = panels(plots.few_shot_curves(results))
    lines = [container.lines[0] for container in axes.containers]
    assert len({line.get_color() for line in lines}) == len({line.get_marker() for line in lines}) == 3


def test_chance_is_a_dashed_line_where_asked(results):
    figure = plots.few_shot_curves(results, chance=0.25)
    [axes] = panels(figure)
    [line] = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert set(line.get_ydata()) == {0.25}
    assert "chance (0.25)" in words(figure)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_one_panel_for_each_setting(results, count):
    strategies = ["balanced", "random", "similar", "other", "last"][:count]
    accuracies = {strategy: 0.1 * number for number, strategy in enumerate(strategies)}
    table = pd.concat([results.assign(strategy=s, acc=a, ci_lo=a, ci_hi=a) for s, a in accuracies.items()])
    figure = plots.few_shot_curves(table)
    shown = {axes.get_title(loc="left"): axes for axes in panels(figure)}
    assert set(shown) == {f"strategy: {strategy}" for strategy in strategies}
    for strategy, accuracy in accuracies.items():
        for _, y, _ in series(shown[f"strategy: {strategy}"]).values():
            assert y == pytest.approx([accuracy] * len(KS))
    assert_legible(figure)


def test_a_caption_of_unequal_cells_gives_the_range(results):
    results.loc[0, "n_items"] = 100
    assert "Each mark: 100 to 200 items" in words(plots.few_shot_curves(results))


def test_unusable_tables_are_named(results):
    with pytest.raises(ValueError, match="few_shot_curves: the table lacks the columns ci_hi"):
        plots.few_shot_curves(results.drop(columns="ci_hi"))
    with pytest.raises(ValueError, match="few_shot_curves: the table has no rows"):
        plots.few_shot_curves(results[:0])
    with pytest.raises(ValueError, match="same model, k, condition.*added twice"):
        plots.few_shot_curves(pd.concat([results, results]))


# labels, order, format


def test_label_effect_has_a_panel_a_rung_and_a_line_a_kind_of_labels():
    kinds = ("natural", "arbitrary", "flipped")
    cells = itertools.product(RUNGS, kinds, KS)
    table = pd.DataFrame([row(m, k, (kinds.index(c) + k / 20) / 3, condition=c) for m, c, k in cells])
    figure = plots.label_effect(table)
    titles = [axes.get_title(loc="left").split("\n")[0] for axes in panels(figure)]
    assert titles == list(RUNGS)
    for model, axes in zip(RUNGS, panels(figure), strict=True):
        drawn = series(axes)
        assert list(drawn) == [f"{kind} labels" for kind in kinds]
        for kind in kinds:
            part = table[(table["model"] == model) & (table["condition"] == kind)]
            assert_drawn(drawn[f"{kind} labels"], part)
    assert_legible(figure)


def test_order_effect_shows_the_share_of_the_last_label():
    shares = dict(zip(RUNGS, (1.0, 0.8, 0.52), strict=True))
    rows = []
    for model, share in shares.items():
        low, high = emlab.wilson_interval(share * 100, 100)
        rows.append(dict(model=model, params=RUNGS[model], n=200, share_last=share, ci_lo=low, ci_hi=high))
    table = pd.DataFrame(rows)
    figure = plots.order_effect(table)
    [axes] = panels(figure)
    for position, container in enumerate(axes.containers):
        assert container.lines[0].get_xdata() == [position]
        line, _, [bars] = container.lines
        assert line.get_ydata() == pytest.approx([rows[position]["share_last"]])
        ends = bars.get_segments()[0][:, 1]
        assert ends == pytest.approx([rows[position]["ci_lo"], rows[position]["ci_hi"]])
    assert [tick.get_text().split("\n")[0] for tick in axes.get_xticklabels()] == list(RUNGS)
    assert "Each mark: 200 answers" in words(figure)
    assert_legible(figure)


def test_format_effect_has_a_place_for_each_template():
    templates = ("review", "arrow", "pipe", "mine")
    cells = itertools.product(RUNGS, enumerate(templates))
    table = pd.DataFrame([row(m, 5, 0.2 + 0.2 * i, template_id=t) for m, (i, t) in cells])
    figure = plots.format_effect(table)
    [axes] = panels(figure)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == list(templates)
    for model, (x, *drawn) in zip(RUNGS, series(axes).values(), strict=True):
        assert x == pytest.approx([0, 1, 2, 3], abs=0.25)
        assert_drawn((x, *drawn), table[table["model"] == model])
    assert "k = 5" in words(figure)
    assert_legible(figure)


def test_rows_that_would_hide_each_other_are_refused_with_the_column_to_filter_by(results):
    with pytest.raises(ValueError, match="format_effect: several rows .* one value of k"):
        plots.format_effect(results)
    both = pd.concat([results, results.assign(strategy="balanced")])
    with pytest.raises(ValueError, match="label_effect: several rows .* one value of strategy"):
        plots.label_effect(both)


# inside the model


def attention_of(tokens, looks_at):
    """Two layers of two heads; the last token of layer 1, head 0 looks at `looks_at` alone."""
    size = len(tokens)
    weights = np.tril(np.ones((2, 2, size, size), dtype="float32"))
    weights /= weights.sum(axis=-1, keepdims=True)
    weights[1, 0, -1] = 0
    weights[1, 0, -1, looks_at] = 1
    return emlab.Attention(tokens, weights)


def boxes(axes):
    return [patch for patch in axes.patches if isinstance(patch, matplotlib.patches.Rectangle)]


def test_attention_map_draws_every_token_and_darkens_the_one_looked_at():
    tokens = ["Review", ":", " bad", "\n", "Sentiment", ":", " wug", "\n", "\n", "Review", ":"]
    figure = plots.attention_map(attention_of(tokens, 6), layer=1, head=0, mark=("wug",))
    axes = panels(figure)[0]
    shown = [text.get_text() for text in axes.texts]
    assert shown == [token.replace("\n", "⏎") for token in tokens]
    lightness = [sum(box.get_facecolor()[:3]) for box in boxes(axes)]
    assert lightness.index(min(lightness)) == 6
    framed = [index for index, box in enumerate(boxes(axes)) if box.get_linewidth() > 1]
    assert framed == [6]
    assert "layer 1, head 0" in words(figure) and "“wug” 1.00" in words(figure)
    # The second example begins a line of its own, below the first.
    assert boxes(axes)[9].get_y() > boxes(axes)[8].get_y() and boxes(axes)[9].get_x() == 0


def test_attention_map_compares_texts_in_panels_with_one_scale():
    short = attention_of(["Review", ":"], 0)
    long = attention_of([f" word{number}" for number in range(150)], 149)
    figure = plots.attention_map({"without examples": short, "with examples": long}, 1, 0)
    first, second = panels(figure)
    assert first.get_title(loc="left").startswith("without examples: ")
    assert len(boxes(second)) == 150
    assert max(box.get_x() + box.get_width() for box in boxes(second)) <= second.get_xlim()[1]
    assert_legible(figure)


def test_attention_map_refuses_a_head_that_does_not_exist():
    with pytest.raises(ValueError, match="no layer 2 with head 0"):
        plots.attention_map(attention_of(["a", "b"], 0), 2, 0)


def test_induction_scores_shows_every_head_and_names_the_best():
    table = pd.DataFrame(
        [
            dict(model=m, params=p, layer=layer, head=head, score=0.1 * layer + 0.02 * head + p / 1e6)
            for i, (m, p) in enumerate(RUNGS.items())
            for layer in range(i + 1)
            for head in range(4)
        ]
    )
    figure = plots.induction_scores(table)
    for axes, model in zip(panels(figure), RUNGS, strict=True):
        part = table[table["model"] == model]
        drawn = sorted(score for line in axes.lines for score in line.get_ydata())
        assert drawn == pytest.approx(sorted(part["score"]))
        assert f"layer {part['layer'].max()}, head 3: " in axes.texts[0].get_text()
    assert_legible(figure)


# published


def test_published_few_shot_shows_the_gains_of_the_table():
    h1 = emlab.published("gpt3_table_h1")
    figure = plots.published_few_shot(h1)
    [axes] = panels(figure)
    assert axes.get_xscale() == "log"
    wide = h1.pivot(index=["task", "params"], columns="setting", values="value")
    gain = (wide["few"] - wide["zero"]).dropna()
    [median] = [line for line in axes.lines if line.get_marker() == "o"]
    assert median.get_ydata() == pytest.approx(gain.groupby("params").median().to_numpy())
    tasks = [
        line for line in axes.lines if line.get_marker() in ("None", None, "") and len(line.get_xdata()) == 8
    ]
    assert len(tasks) == h1["task"].nunique() == 44
    assert (
        axes.get_xticklabels()[-1].get_text()
        == f"175B\n{(gain.xs(174600000000, level='params') > 0).sum()}/44"
    )
    assert_legible(figure)


def test_published_curves_show_the_scores_of_each_task():
    codex = emlab.published("codex")
    few = emlab.published("gpt3_table_h1").query("setting == 'few' and task in ('2D+', '3D+')")
    table = pd.concat([few, codex.assign(task=codex["metric"])], ignore_index=True)
    figure = plots.published_curves(table)
    shown = {axes.get_title(loc="left"): axes for axes in panels(figure)}
    assert set(shown) == {"2D+", "3D+", "pass@1", "pass@100"}
    for task, axes in shown.items():
        rows = table[table["task"] == task].sort_values("params")
        [line] = axes.lines
        assert line.get_xdata() == pytest.approx(rows["params"].to_numpy())
        assert line.get_ydata() == pytest.approx(rows["value"].to_numpy())
        assert axes.get_xscale() == "log"
    assert_legible(figure)


# in a notebook


def test_imports_stay_light():
    heavy = {"matplotlib", "pandas", "IPython"}
    code = f"import sys, emlab.plots, emlab.analysis; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_notebook_shows_each_figure_once():
    import nbformat
    from nbclient import NotebookClient

    source = (
        "import emlab\nh1 = emlab.published('gpt3_table_h1')\n"
        "emlab.plots.published_few_shot(h1);\nemlab.plots.published_few_shot(h1);"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    images = [output for output in notebook.cells[0].outputs if "image/png" in output.get("data", {})]
    assert len(images) == 2
