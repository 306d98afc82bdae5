"""What the wheel holds beside the Python files: the program and the example scenarios.

FUNDSIM_BINARY names the program; the wheel's tag then says on which machines it runs, as the file itself
says it. Without it the wheel is for any machine, and uses the `fundsim` that it finds there.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[2]
MACHINES = {62: "x86_64", 183: "aarch64"}
VERSIONS_NEEDED = 0x6FFFFFFE


class WheelContents(BuildHookInterface[Any]):
    """Adds the program and the scenarios, and names the platform."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        scenarios = ROOT / "scenarios"
        if scenarios.is_dir():
            build_data["force_include"][str(scenarios)] = "fundsim/scenarios"
        if binary := os.environ.get("FUNDSIM_BINARY"):
            build_data["force_include"][str(Path(binary).resolve())] = "fundsim/bin/fundsim"
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{platform_tag(Path(binary))}"


def platform_tag(program: Path) -> str:
    """The platform of a program: the machine it is made for and the oldest C library that it runs on."""
    data = program.read_bytes()
    if data[:4] == b"\xcf\xfa\xed\xfe":
        kind = struct.unpack_from("<I", data, 4)[0]
        return f"macosx_26_0_{'arm64' if kind == 0x0100000C else 'x86_64'}"
    if data[:6] != b"\x7fELF\x02\x01":
        raise SystemExit(f"{program}: not a program for 64-bit Linux or macOS")
    machine = MACHINES[struct.unpack_from("<H", data, 18)[0]]
    major, minor = oldest_c_library(data)
    return f"manylinux_{major}_{minor}_{machine}"


def oldest_c_library(data: bytes) -> tuple[int, int]:
    """The newest GLIBC_x.y among the symbol versions that an ELF file asks for (section .gnu.version_r)."""
    table, size, count = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + size * i) for i in range(count)]
    versions = [(2, 0)]
    for _, kind, _, _, offset, _, link, entries, _, _ in sections:
        if kind != VERSIONS_NEEDED:
            continue
        names = sections[link][4]
        for _ in range(entries):
            _, parts, _, first, following = struct.unpack_from("<HHIII", data, offset)
            part = offset + first
            for _ in range(parts):
                _, _, _, name, more = struct.unpack_from("<IHHII", data, part)
                start = names + name
                word = data[start : data.index(b"\0", start)].decode()
                if word.startswith("GLIBC_2."):
                    numbers = [int(number) for number in word.removeprefix("GLIBC_").split(".")]
                    versions.append((numbers[0], numbers[1]))
                part += more
            offset += following
    return max(versions)
