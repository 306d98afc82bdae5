# %% [markdown]
# # One run in pandas
#
# Reads what `fundsim run SCENARIO --trials-format npy` wrote, and draws the main charts.
#
#     python3 notebooks-out/report.py notebooks-out/three-models
#
# Jupyter, VS Code and Spyder open this file as a notebook (cells begin with `# %%`); `jupytext
# --to ipynb report.py` makes one of the other kind. Charts are written beside the run's files.

# %%
import hashlib
import json
import pathlib
import sys

import matplotlib

if __name__ == "__main__" and "ipykernel" not in sys.modules:
    matplotlib.use("Agg")  # no window: charts go to files
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent if "__file__" in globals() else pathlib.Path.cwd()
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
def check_manifest(folder):
    """Stops unless the files of the run are those that its manifest lists: one result, and whole."""
    again = f"run fundsim once more with --out {folder}"
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        sys.exit(f"{folder}: no manifest.json says which files belong together; {again}")
    runs = [result for result in manifest["results"] if result["command"] == "run"]
    if not runs:
        sys.exit(f"{folder}: the manifest lists no run; {again}")
    if not runs[0]["complete"]:
        sys.exit(f"{folder}: the result is incomplete, its writer was stopped; {again}")
    for file in runs[0]["files"]:
        digest = hashlib.sha256()
        try:
            with open(folder / file["name"], "rb") as stream:
                while piece := stream.read(1 << 20):
                    digest.update(piece)
        except FileNotFoundError:
            sys.exit(f"{folder / file['name']}: the manifest lists it, and it is gone; {again}")
        if digest.hexdigest() != file["sha256"]:
            sys.exit(f"{folder / file['name']}: not the file of this result; {again}")
    return {file["name"] for file in runs[0]["files"]}


def plain_name(cell):
    """A fund's name as the summary has it; in tables a name that could be a formula has a mark."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t") else cell


files = check_manifest(FOLDER)
summary = json.loads((FOLDER / "summary.json").read_text(encoding="utf-8"))
timeline = pd.read_csv(FOLDER / "timeline.csv", converters={"fund": plain_name})
names = [fund["name"] for fund in summary["funds"]]


def read_trials(folder):
    """One row a trial and fund; `fund` holds the fund's name. None where no table was written."""
    if "trials.npy" in files:
        records = np.load(folder / "trials.npy", mmap_mode="r")
        trials = pd.DataFrame({name: records[name] for name in records.dtype.names})
        trials["fund"] = pd.Categorical.from_codes(trials["fund"], categories=names)
    elif "trials.csv" in files:
        trials = pd.read_csv(folder / "trials.csv", converters={"fund": plain_name})
        trials["fund"] = pd.Categorical(trials["fund"], categories=names)
    else:
        return None
    # With --trials-readings there are rows under other readings as well.
    return trials[trials["reading"] == "own"] if "reading" in trials else trials


trials = read_trials(FOLDER)
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
