"""What the last position looks at: the prompt as text, each token shaded by the attention it gets."""

from emlab.messages import say
from emlab.plots.style import COLOURS, look, new_figure

LINE_CHARACTERS = 76  # of the fixed-width font below, on one line of the figure
LINE_HEIGHT = 0.30  # inches
FONT_SIZE = 9
MOST_NAMED = 3


def attention_map(attention, layer: int, head: int, mark=()):
    """The attention of the last token over the whole text, for one head.

    attention: an emlab.Attention, or a dict {panel title: Attention} to compare texts, for example without
    and with examples; the panels share one colour scale
    layer, head: which head, counted from 0
    mark: token texts to frame, for example the labels
    Returns a matplotlib Figure. Raises ValueError for a layer or head that does not exist.
    """
    import matplotlib
    from matplotlib.colors import PowerNorm

    panels = attention if isinstance(attention, dict) else {"": attention}
    for one in panels.values():
        layers, heads = one.weights.shape[:2]
        if not (0 <= layer < layers and 0 <= head < heads):
            raise ValueError(say("plot_head", layer=layer, head=head, layers=layers, heads=heads))
    texts = [(title, one.tokens, one.weights[layer, head, -1]) for title, one in panels.items()]
    places = [_layout(tokens) for _, tokens, _ in texts]
    lines = [place[-1][0] + 1 for place in places]
    # The root spreads the small weights, which are most of them; the colour bar shows the scale.
    norm = PowerNorm(0.5, vmin=0, vmax=max(float(weights.max()) for _, _, weights in texts) or 1.0)
    with look():
        colour_map = matplotlib.colormaps["Blues"]
        caption = say("plot_attention_caption")
        title = say("plot_attention_title", layer=layer, head=head)
        figure, all_axes = new_figure([LINE_HEIGHT * (count + 1) for count in lines], 1, title, caption)
        for axes, (panel_title, tokens, weights), place, count in zip(
            all_axes, texts, places, lines, strict=True
        ):
            axes.set_xlim(0, LINE_CHARACTERS)
            axes.set_ylim(count, -0.1)
            axes.set_axis_off()
            best = sorted(range(len(tokens)), key=lambda i: -weights[i])[:MOST_NAMED]
            named = ", ".join(
                say("plot_attention_token", token=_visible(tokens[i]).strip(), weight=f"{weights[i]:.2f}")
                for i in best
            )
            key = "plot_attention_panel" if panel_title else "plot_attention_single"
            axes.set_title(say(key, title=panel_title, named=named), loc="left")
            for token, weight, (line, column) in zip(tokens, weights, place, strict=True):
                _draw_token(axes, token, float(norm(weight)), colour_map, line, column, token.strip() in mark)
        bar = figure.colorbar(
            matplotlib.cm.ScalarMappable(norm, colour_map), ax=all_axes, shrink=0.9, aspect=18, pad=0.01
        )
        bar.set_label(say("plot_attention_scale"))
    return figure


def _draw_token(axes, token: str, strength: float, colour_map, line: int, column: int, marked: bool) -> None:
    from matplotlib.patches import Rectangle

    text = _visible(token)
    axes.add_patch(
        Rectangle(
            (column, line + 0.08),
            len(text),
            0.84,
            facecolor=colour_map(strength),
            edgecolor=COLOURS[1] if marked else "#D0D0D0",
            linewidth=1.8 if marked else 0.4,
            zorder=2 if marked else 1,
        )
    )
    axes.text(
        column + len(text) / 2,
        line + 0.52,
        text,
        ha="center",
        va="center",
        family="monospace",
        fontsize=FONT_SIZE,
        color="white" if strength > 0.6 else "black",
        zorder=3,
    )


def _layout(tokens: list[str]) -> list[tuple[int, int]]:
    """(line, column) of each token; a new line after a blank one in the text, and where the line is full."""
    places, line, column, before = [], 0, 0, ""
    for token in tokens:
        width = len(_visible(token))
        if column + width > LINE_CHARACTERS and column:
            line, column = line + 1, 0
        places.append((line, column))
        column += width
        before = (before + token)[-2:]
        if before == "\n\n":
            line, column, before = line + 1, 0, ""
    return places


def _visible(token: str) -> str:
    """A token with its line breaks shown, and cut if it is longer than a line."""
    return token.replace("\n", "⏎").replace("\t", "→")[:LINE_CHARACTERS] or "∅"
