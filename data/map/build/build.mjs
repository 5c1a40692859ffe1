// Makes ../countries.tsv from Natural Earth's outlines (world-atlas, 1:50 million).
//
//   npm install --ignore-scripts && node build.mjs
//
// The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), so that areas can be compared; WIDTH, and what is read
// from it in crates/web/src/map/, belong together. Outlines are simplified in the plane, where it is seen, and written as
// whole numbers relative to each other.
import { readFileSync, writeFileSync } from "node:fs";
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const WIDTH = 2000; // units from 180° west to 180° east on the equator
const LEAST_TRIANGLE = 0.03; // square degrees; corners that make smaller triangles with their neighbours are left out
const LEAST_RING = 2.5; // square units: smaller islands are left out where their country has larger ones
const NOT_NUMBERED = { Kosovo: "XKX", "N. Cyprus": "CYP", Somaliland: "SOM" };
const LEFT_OUT = ["ATA"]; // nobody lives there, and it would take a fifth of the map

const rows = (path) =>
  readFileSync(new URL(path, import.meta.url), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));

const [head, ...table] = rows("../../countries/countries.tsv").map((line) => line.split("\t"));
const column = (name) => head.indexOf(name);
const byNumber = new Map(table.map((row) => [row[column("iso3n")].padStart(3, "0"), row[column("iso3c")]]));
const codeOf = (country) => byNumber.get(String(country.id).padStart(3, "0")) ?? NOT_NUMBERED[country.properties.name];

const formerOf = new Map();
for (const [former, ...parts] of rows("former.txt").map((line) => line.split(" "))) {
  for (const part of parts) formerOf.set(part, [...(formerOf.get(part) ?? []), former]);
}

const world = JSON.parse(readFileSync(new URL("node_modules/world-atlas/countries-50m.json", import.meta.url)));
const projection = geoEqualEarth().scale(WIDTH / 2 / 2.7066299836960748).translate([0, 0]);
const path = geoPath(projection);

const weighed = presimplify(world);

const simple = simplify(weighed, LEAST_TRIANGLE);

const merged = new Map();
const add = (source, key) => {
  for (const country of feature(source, source.objects.countries).features) {
    const code = codeOf(country);
    if (!code) {
      console.error(`no code: ${country.id} ${country.properties.name}`);
      continue;
    }
    if (LEFT_OUT.includes(code)) continue;
    const one = merged.get(code) ?? { fine: [], simple: [] };
    const { type, coordinates } = country.geometry;
    one[key].push(...(type === "Polygon" ? [coordinates] : coordinates));
    merged.set(code, one);
  }
};
add(world, "fine");
add(simple, "simple");

// The outline of one polygon in the plane as "M x y l dx dy …"; "" where nothing is left of it.
function outline(coordinates) {
  const drawn = path({ type: "Polygon", coordinates });
  if (!drawn) return "";
  let out = "";
  for (const ring of drawn.split("Z").filter(Boolean)) {
    const points = ring.replace("M", "").split("L").map((pair) => pair.split(",").map((n) => Math.round(Number(n))));
    const kept = points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
    if (kept.length > 2 && kept.at(0).join() === kept.at(-1).join()) kept.pop();
    if (kept.length < 3) continue;
    const [first, ...rest] = kept;
    let [x, y] = first;
    out += `M${x} ${y}l`;
    out += rest
      .map(([nx, ny]) => {
        const step = `${nx - x} ${ny - y}`;
        [x, y] = [nx, ny];
        return step;
      })
      .join(" ")
      .replaceAll(" -", "-");
    out += "z";
  }
  return out;
}

const size = (coordinates) => path.area({ type: "Polygon", coordinates });
const lines = [...merged.keys()].sort().map((code) => {
  const { fine, simple } = merged.get(code);
  const main = fine.reduce((a, b) => (size(b) > size(a) ? b : a));
  const [x, y] = path.centroid({ type: "Polygon", coordinates: main }).map(Math.round);
  const seen = simple.filter((polygon) => size(polygon) >= LEAST_RING);
  return [code, (formerOf.get(code) ?? []).join(" "), x, y, seen.map(outline).join("")].join("\t");
});
const about = [
  "# Outlines of countries: Natural Earth 1:50 million (public domain) by way of world-atlas 2.0.2, in the Equal Earth projection.",
  "# Made by build/build.mjs. former: states that are gone whose territory it was. x, y: middle of its largest part;",
  `# ${WIDTH} units from 180° west to 180° east, 0 0 on the equator at Greenwich, y southward. path: SVG, "" where too small to be seen.`,
  "iso3c\tformer\tx\ty\tpath",
];
writeFileSync(new URL("../countries.tsv", import.meta.url), `${[...about, ...lines].join("\n")}\n`);
