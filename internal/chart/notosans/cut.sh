#!/bin/sh
# Cuts Noto Sans, regular and bold, to the letters of widths.txt that labels are
# set in, as outlines for PNG. Needs Debian's fonts-noto-core and fonttools.
set -eu
cd "$(dirname "$0")"
letters=U+0020-007E,U+00A0-017F,U+0400-04FF,U+2010-2026,U+202F,U+2030,U+2039-203A,U+20AC,U+20B8,U+2116,U+FFFD
for style in Regular Bold; do
	pyftsubset "/usr/share/fonts/truetype/noto/NotoSans-$style.ttf" --unicodes="$letters" --output-file="$style.ttf" \
		--layout-features= --no-hinting --desubroutinize --notdef-outline \
		--name-IDs=0,1,2,3,4,5,6,13,14 --drop-tables+=GDEF,GPOS,GSUB,kern,meta,MATH --canonical-order
done
