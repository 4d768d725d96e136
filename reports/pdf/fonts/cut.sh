#!/bin/sh
# Cuts the faces to the letters a review needs (Latin, Cyrillic with Kazakh,
# punctuation, currency) and writes beside each a .metrics file with its widths
# and kerning. Needs Debian's fonts-noto-core, fonts-dejavu-core and fonttools.
set -eu
cd "$(dirname "$0")"
noto=/usr/share/fonts/truetype/noto
dejavu=/usr/share/fonts/truetype/dejavu
letters=U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02BC,U+02C6-02DD,U+0300-0304,U+0306-0308,U+030A-030C
letters=$letters,U+0400-045F,U+0462-0463,U+0472-0475,U+048A-04FF,U+0510-0513,U+1E80-1E85,U+1E9E,U+1EF2-1EF3
letters=$letters,U+2009,U+2010-2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2070-208E,U+20A0-20BF,U+2116,U+2122,U+FFFD
signs=U+0020,U+0370-03FF,U+2100-214F,U+2150-218F,U+2190-21FF,U+2200-22FF,U+2460-2473,U+25A0-25FF,U+2605-2606,U+2610-2612,U+2713-2718,U+FFFD

# cut FILE NAME RUNES
cut() {
	pyftsubset "$1" --unicodes="$3" --output-file="$2.ttf" \
		--layout-features= --no-hinting --desubroutinize --notdef-outline \
		--name-IDs=0,1,2,3,4,5,6,13,14 --drop-tables+=GDEF,GPOS,GSUB,kern,meta,MATH --canonical-order
	/usr/bin/python3 metrics.py "$1" "$2.ttf" "$2.metrics"
}

for style in Regular Bold Italic BoldItalic; do
	cut "$noto/NotoSerif-$style.ttf" "NotoSerif-$style" "$letters"
	cut "$noto/NotoSans-$style.ttf" "NotoSans-$style" "$letters"
done
cut "$dejavu/DejaVuSans.ttf" DejaVuSans "$signs"
