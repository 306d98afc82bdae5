# %% [markdown]
# # One run in pandas
#
# Reads what `fundsim run SCENARIO --trials-format npy` wrote, and draws the main charts.
#
#     python3 notebooks-out/report.py notebooks-out/three-models
#
# Or run it here: `result = fundsim.run(fundsim.example("three-models"))` in place of `fundsim.load(…)`.
#
# Jupyter, VS Code and Spyder open this file as a notebook (cells begin with `# %%`); `jupytext
# --to ipynb report.py` makes one of the other kind. Charts are written beside the run's files.

# %%
import pathlib
import sys

import matplotlib

if __name__ == "__main__" and "ipykernel" not in sys.modules:
    matplotlib.use("Agg")  # no window: charts go to files
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent if "__file__" in globals() else pathlib.Path.cwd()
try:
    import fundsim  # pip install fundsim, or in the clone the package as it lies there
except ModuleNotFoundError:
    sys.path.insert(0, str(HERE.parent / "Sources" / "fundsim-python"))
    import fundsim
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 and pathlib.Path(sys.argv[1]).is_dir()
                      else HERE / "three-models")
MILLION = 1e6
# Okabe and Ito: told apart with any kind of colour vision; dashes say it again.
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a67200", "#56b4e9"]
DASHES = ["-", "--", ":", "-.", (0, (7, 2)), (0, (3, 1, 1, 1))]
plt.rcParams["font.sans-serif"] = [
    "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC",
    "Microsoft YaHei", "DejaVu Sans"]
plt.rcParams.update({"figure.figsize": (9, 4.5), "axes.grid": True, "grid.alpha": 0.3,
                     "axes.unicode_minus": False, "figure.constrained_layout.use": True})

# %% [markdown]
# ## The files
#
# `README.md` beside this file tells every column with its unit.

# %%
try:
    result = fundsim.load(FOLDER)  # one result, and whole: held against its manifest
except fundsim.FundsimError as error:
    sys.exit(str(error))
summary, timeline, names = result.report, result.timeline, result.funds
# One row a trial and fund; None where no table was written.
trials = result.trials_frame() if {"trials.npy", "trials.csv"} & result.files else None
provenance = summary["provenance"]
print(f"{provenance['scenarioTitle']}: {provenance['trials']:,} trials, seed {provenance['seed']}, "
      f"digest {provenance['scenarioDigest'][:12]}")


def finish(name):
    """Writes a chart beside the run's files."""
    path = FOLDER / f"notebook-{name}.png"
    plt.savefig(path, dpi=120)
    plt.close()
    print("drawn:", path)


# %% [markdown]
# ## How long the fund lasts: survival with its 95 % band

# %%
for index, (name, rows) in enumerate(timeline.groupby("fund", sort=False)):
    plt.fill_between(rows["month"] + 1, 100 * rows["survivalLow"],
                     100 * rows["survivalHigh"], color=COLOURS[index % 6], alpha=0.15)
    plt.plot(rows["month"] + 1, 100 * rows["survival"], color=COLOURS[index % 6],
             linestyle=DASHES[index % 6], label=name)
plt.xlabel(f"months since {provenance['firstMonth']}")
plt.ylabel("survival, %")
plt.legend()
finish("survival")

# %% [markdown]
# ## The balance: quantiles by month

# %%
figure, axes = plt.subplots(1, len(names), sharey=True, squeeze=False,
                            figsize=(4 * len(names) + 1, 4))
for index, (axis, (name, rows)) in enumerate(
        zip(axes[0], timeline.groupby("fund", sort=False))):
    for low, high, alpha in [(1, 99, 0.15), (5, 95, 0.25), (25, 75, 0.4)]:
        axis.fill_between(rows["month"] + 1, rows[f"balance{low}"] / MILLION,
                          rows[f"balance{high}"] / MILLION, color=COLOURS[index % 6], alpha=alpha)
    axis.plot(rows["month"] + 1, rows["balance50"] / MILLION, color=COLOURS[index % 6])
    axis.set_title(name)
    axis.set_xlabel("month")
axes[0][0].set_ylabel("balance, million yuan")
finish("balance")

# %% [markdown]
# ## What the fund pays, and the initial amount that lasts (out of the trials)

# %%
if trials is not None:
    # A fund that never pays has a picture, too.
    bins = np.linspace(0, max(trials["compensation"].max() / MILLION, 0.01), 80)
    for index, (name, rows) in enumerate(trials.groupby("fund", sort=False, observed=True)):
        plt.hist(rows["compensation"] / MILLION, bins=bins, histtype="step", linewidth=1.6,
                 color=COLOURS[index % 6], linestyle=DASHES[index % 6],
                 weights=np.full(len(rows), 100 / len(rows)), label=name)
        plt.axvline(rows["compensation"].quantile(0.99) / MILLION, color=COLOURS[index % 6],
                    linestyle=DASHES[index % 6], linewidth=1)
    plt.xlabel("compensation over the run, million yuan (upright lines: 99 %)")
    plt.ylabel("% of the trials")
    plt.legend(loc="upper center")
    finish("compensation")

    for index, (name, rows) in enumerate(trials.groupby("fund", sort=False, observed=True)):
        needed = np.sort(rows["neededCapital"].to_numpy())
        plt.plot(needed / MILLION, 100 * np.arange(1, len(needed) + 1) / len(needed),
                 color=COLOURS[index % 6], linestyle=DASHES[index % 6], label=name)
    plt.xlabel("initial amount, million yuan")
    plt.ylabel("lasts through the run, %")
    plt.legend()
    finish("size")

# %% [markdown]
# ## Who bears the loss (out of the summary)

# %%
losses = pd.DataFrame(
    {fund["name"]: {party["party"]: party["loss"]["mean"]["value"] / MILLION
                    for party in fund["parties"]} for fund in summary["funds"]}).T.fillna(0)
losses.plot.barh(stacked=True, color=COLOURS, edgecolor="white")
plt.gca().invert_yaxis()
plt.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=len(losses.columns), frameon=False)
plt.xlabel("mean loss after recoveries, million yuan")
finish("losses")

# %% [markdown]
# ## The same figures out of trials and summary
#
# Both come from the same trials, so they agree to the last digit that counts.

# %%
if trials is not None:
    for fund in summary["funds"]:
        own = trials.loc[trials["fund"] == fund["name"], "compensation"]
        stated = fund["compensation"]["mean"]["value"]
        assert abs(own.mean() - stated) <= 1e-9 * max(1.0, abs(stated)), fund["name"]
        never = trials.loc[trials["fund"] == fund["name"], "exhaustionMonth"]
        lasting = (never.isna() | (never < 0)).mean()
        assert abs(1 - lasting - fund["exhaustionProbability"]["value"]) < 1e-12, fund["name"]
    print("trials and summary agree")
