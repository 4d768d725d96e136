// Writes land.txt and places.txt, the land and the countries of maps, in the
// plane of the Equal Earth projection (equal areas) with 11° E in the middle, so
// that no continent is cut. The world is 10000 wide; y goes down.
//
// land.txt: one ring a line, its first point and then the steps from point to point.
// places.txt: a country's codes of ISO 3166-1, two letters and three, and the
// middle of its largest part.
//
//   npm install --no-save world-atlas@2.0.2 i18n-iso-countries@7.14.0 d3-geo@3.1.2 \
//     topojson-client@3.1.0 topojson-server@3.0.1 topojson-simplify@3.0.3
//   node make.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(name)));
const width = 10000;
const detail = 22; // the least triangle that a point makes with its neighbours
const island = 60; // the least area that is drawn
const antarctic = 4300; // nobody comes from there

const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(width, { type: "Sphere" });

// rings projects a geometry and collects its outlines.
const rings = (geometry) => {
  const all = [];
  geoPath(projection, {
    moveTo: (x, y) => all.push([[x, y]]),
    lineTo: (x, y) => all.at(-1).push([x, y]),
    closePath: () => all.at(-1).push(all.at(-1)[0]),
    arc: () => {},
  })(geometry);
  return all;
};

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [px, py] = ring.at(i - 1);
  return sum + px * y - x * py;
}, 0)) / 2;

const land = read("world-atlas/land-50m.json");
const plane = { type: "MultiPolygon", coordinates: rings(feature(land, land.objects.land)).map((ring) => [ring]) };
const simple = simplify(presimplify(topology({ land: plane })), detail);
const lines = feature(simple, simple.objects.land).geometry.coordinates
  .map(([ring]) => ring.map(([x, y]) => [Math.round(x), Math.round(y)]))
  .filter((ring) => ring.length > 3 && area(ring) >= island && ring.some(([, y]) => y < antarctic))
  .map((ring) => ring.slice(0, -1).map(([x, y], i) => (i ? `${x - ring[i - 1][0]} ${y - ring[i - 1][1]}` : `${x} ${y}`)).join(" "));
writeFileSync(new URL("land.txt", import.meta.url), lines.join("\n") + "\n");

const codes = new Map(read("i18n-iso-countries/codes.json").map(([two, three, number]) => [number, `${two} ${three}`]));
const atlas = read("world-atlas/countries-50m.json");
const middles = new Map();
for (const country of feature(atlas, atlas.objects.countries).features) {
  const code = codes.get(country.id);
  if (!code) continue; // no country of the standard
  const parts = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
  for (const coordinates of parts) {
    const part = { type: "Polygon", coordinates };
    const size = geoArea(part);
    if (size > (middles.get(code)?.size ?? 0)) middles.set(code, { size, at: projection(geoCentroid(part)).map(Math.round) });
  }
}
const places = [...middles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, { at }]) => `${code} ${at.join(" ")}`);
writeFileSync(new URL("places.txt", import.meta.url), places.join("\n") + "\n");
