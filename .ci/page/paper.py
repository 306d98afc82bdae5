"""The printed page: how much of each sheet is used, and whether it has its number."""

import re
import subprocess

# Millimetres at the foot of a sheet that hold its number, and the margin at its head.
FOOT, HEAD = 16, 14
# Points of the picture a millimetre; how far ink reaches, so that the space between lines is used.
SCALE, REACH = 2, 8
# The share of a sheet that has to be used.
LEAST = 0.25


def sheets(path):
    """The grey pictures of a PDF's pages, each a list of rows."""
    data = subprocess.run(["pdftoppm", "-gray", "-r", str(25.4 * SCALE), path],
                          check=True, capture_output=True).stdout
    place = 0
    while place < len(data):
        head = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s").match(data, place)
        width, height = int(head[1]), int(head[2])
        place = head.end()
        yield [data[place + row * width:place + (row + 1) * width] for row in range(height)]
        place += width * height


def use(rows):
    """The share of a sheet's height that holds something or lies between two lines of it."""
    ink = [min(row) < 235 for row in rows[HEAD * SCALE:len(rows) - FOOT * SCALE]]
    used = [any(ink[max(0, place - REACH * SCALE // 2):place + REACH * SCALE // 2 + 1])
            for place in range(len(ink))]
    return sum(used) / len(used)


def problems_of(path):
    """What is wrong with a printed page, and how much of each sheet is used."""
    found = []
    shares = [use(rows) for rows in sheets(path)]
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True)
    pages = text.stdout.decode().split("\f")
    for number, share in enumerate(shares, start=1):
        if share < LEAST and number < len(shares):
            found.append(f"sheet {number} of {len(shares)} is used to {share:.0%}")
        lines = [line.strip() for line in pages[number - 1].splitlines() if line.strip()]
        if not lines or lines[-1].replace(" ", "") != f"{number}/{len(shares)}":
            found.append(f"sheet {number} has no number")
    return found, shares
