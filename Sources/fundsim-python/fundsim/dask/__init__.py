"""Runs the shards of a fundsim scenario on a Dask cluster and merges them."""

from fundsim.dask.cluster import Study, run_study
from fundsim.dask.shard import ShardFailed, ShardRefused, run_shard

__all__ = ["ShardFailed", "ShardRefused", "Study", "run_shard", "run_study"]
