#!/bin/sh
# Cuts the pages' fonts from the Debian package fonts-noto-core to Latin and
# Cyrillic with the Kazakh letters, as woff2. Needs fonttools and python3-brotli.
set -eu
cd "$(dirname "$0")"
from=/usr/share/fonts/truetype/noto
letters=U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+0401,U+0406-0407,U+040E,U+0410-044F,U+0451,U+0454,U+0456-0457,U+045E,U+0490-0493,U+049A-049B,U+04A2-04A3,U+04AE-04B1,U+04BA-04BB,U+04D8-04D9,U+04E8-04E9,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2039-203A,U+20AC,U+20B8,U+2116,U+2212
for font in NotoSans-Regular NotoSans-Bold NotoSerif-Regular NotoSerif-Bold; do
  pyftsubset "$from/$font.ttf" --unicodes="$letters" --flavor=woff2 --no-hinting --desubroutinize \
    --layout-features=kern,mark,locl,tnum,lnum --output-file="$font.woff2"
done
