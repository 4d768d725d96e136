#!/usr/bin/env python3
"""Writes widths.txt: the advance widths of Noto Sans, regular and bold, in
thousandths of the type size, for the letters that labels are set in.

Needs python3-fonttools and the Debian package fonts-noto-core:
    python3 widths.py > widths.txt
"""
from fontTools.ttLib import TTFont

FOLDER = "/usr/share/fonts/truetype/noto/"
RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x400, 0x4FF), (0x2010, 0x2026), (0x2030, 0x203A), (0x20AC, 0x20AC), (0x20B8, 0x20B8), (0x2212, 0x2212)]

regular, bold = (TTFont(FOLDER + f"NotoSans-{style}.ttf") for style in ("Regular", "Bold"))
cmaps = [f.getBestCmap() for f in (regular, bold)]
for first, last in RANGES:
    for rune in range(first, last + 1):
        if all(rune in c for c in cmaps):
            widths = (round(1000 * f["hmtx"][c[rune]][0] / f["head"].unitsPerEm) for f, c in zip((regular, bold), cmaps))
            print(f"{rune:04X}", *widths)
