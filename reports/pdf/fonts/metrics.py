"""Writes the widths and the pair kerning of a cut face.

usage: metrics.py FULL.ttf CUT.ttf OUT.metrics

All numbers are little-endian, lengths in thousandths of the type size:

    uint16 runes, uint8 left classes, uint8 right classes
    per rune: uint16 rune, uint16 width, uint8 left class, uint8 right class
    int16 kern[left classes][right classes]

Kerning is the GPOS "kern" feature of the full face (the first lookup subtable
that knows the pair decides, as shapers do). Two letters that kern alike share a
class; class 0 kerns with nothing. A .ttf of fpdf's keeps no GPOS table.
"""
import struct
import sys

from fontTools.ttLib import TTFont


def subtables(gpos):
    features = gpos.FeatureList.FeatureRecord
    lookups = sorted({i for f in features if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex})
    for i in lookups:
        for sub in gpos.LookupList.Lookup[i].SubTable:
            sub = getattr(sub, "ExtSubTable", sub)
            if sub.LookupType == 2:
                yield i, sub


def advance(record):
    return getattr(record, "XAdvance", 0) or 0 if record else 0


def kerning(font, glyphs):
    """Returns {(left, right): units} for pairs of the glyphs."""
    table = {}
    if "GPOS" not in font:
        return table
    decided = set()
    for lookup, sub in subtables(font["GPOS"].table):
        covered = [g for g in sub.Coverage.glyphs if g in glyphs]
        for left in covered:
            if sub.Format == 1:
                pairs = sub.PairSet[sub.Coverage.glyphs.index(left)].PairValueRecord
                found = [(p.SecondGlyph, advance(p.Value1)) for p in pairs if p.SecondGlyph in glyphs]
            else:
                row = sub.Class1Record[sub.ClassDef1.classDefs.get(left, 0)].Class2Record
                found = [(g, advance(row[sub.ClassDef2.classDefs.get(g, 0)].Value1)) for g in glyphs]
            for right, units in found:
                key = (lookup, left, right)
                if key not in decided:
                    decided.add(key)
                    table[left, right] = table.get((left, right), 0) + units
    return table


def classes(vectors):
    """Numbers the distinct vectors; the vector of zeros is class 0."""
    zero = tuple([0] * len(vectors[0]))
    numbers = {zero: 0}
    return [numbers.setdefault(v, len(numbers)) for v in vectors], list(numbers)


def main(full, cut, out):
    full, cut = TTFont(full), TTFont(cut)
    scale = 1000 / full["head"].unitsPerEm
    names = full.getBestCmap()
    runes = sorted(r for r in cut.getBestCmap() if r < 0x10000)
    glyphs = {names[r] for r in runes}
    kern = kerning(full, glyphs)
    matrix = [[round(kern.get((names[a], names[b]), 0) * scale) for b in runes] for a in runes]
    left, rows = classes([tuple(row) for row in matrix])
    right, _ = classes([tuple(column) for column in zip(*rows)])
    count = max(right) + 1
    data = struct.pack("<HBB", len(runes), len(rows), count)
    for i, r in enumerate(runes):
        width = int(full["hmtx"][names[r]][0] * scale + 0.5)
        data += struct.pack("<HHBB", r, width, left[i], right[i])
    for row in rows:
        line = [0] * count
        for i, units in enumerate(row):
            line[right[i]] = units
        data += struct.pack("<%dh" % count, *line)
    with open(out, "wb") as f:
        f.write(data)


main(*sys.argv[1:])
