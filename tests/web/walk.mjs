// The explorer in a real browser: `scripts/browser tests/web/walk.mjs READOUT`. One browser and one server a store serve all
// tests.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { start } from "./browser.mjs";
import { everyPage } from "./every_page.mjs";
import { reading } from "./reading.mjs";
import { search } from "./search.mjs";
import { first, serve } from "./server.mjs";

/** Reports of the large store. */
const MANY = 300;

const readout = process.argv[2];
const local = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const reuters = local("../shared/text/reuters21578.jsonl.gz");
const folder = mkdtempSync(join(tmpdir(), "readout-web-files-"));
let browser;
const served = {};
const at = (name) => () => ({ browser, ...served[name] });

before(async () => {
  browser = await start();
  served.examples = await serve(readout, [local("examples/reports.jsonl")]);
  if (existsSync(reuters)) served.reuters = await serve(readout, [first(reuters, MANY, folder)]);
});
after(async () => {
  await browser?.close();
  for (const one of Object.values(served)) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});

everyPage("examples", at("examples"));
search(at("examples"));
reading(at("examples"));
if (existsSync(reuters)) everyPage("Reuters", at("reuters"));
else console.log("passed over: pages of Reuters reports, as ../shared is not there");
