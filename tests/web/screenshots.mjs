// Pictures of the pages for README and docs/explorer.md, on the examples and on a year of news that we invented:
// `scripts/screenshots`.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { open, start } from "./browser.mjs";
import { PAGES, addressOf } from "./pages.mjs";
import { smaller } from "./png.mjs";
import { serve } from "./server.mjs";

const LARGEST = 150 * 1024;
const SIZE = { width: 1280, height: 800 };

const local = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const [, , readout, only] = process.argv;
const examples = local("examples/reports.jsonl");
const stores = { examples: [examples], year: [examples, local("tests/web/fixtures/reports.jsonl")] };
const served = {};
const browser = await start();
mkdirSync(local("docs/images"), { recursive: true });
try {
  for (const one of PAGES.filter(({ shot }) => shot && (!only || shot === only))) {
    const of = one.of ?? "examples";
    served[of] ??= await serve(readout, stores[of]);
    const { base, store } = served[of];
    const at = addressOf(one, store);
    const viewport = { ...SIZE, height: one.height ?? SIZE.height };
    const page = await open(browser, base, { at, viewport, colorScheme: "light" });
    await page.locator(one.shows).first().waitFor();
    await one.pose?.(page);
    const picture = smaller(await page.screenshot({ animations: "disabled", caret: "hide" }));
    if (picture.length > LARGEST) throw new Error(`${one.shot}: ${picture.length} bytes`);
    writeFileSync(local(`docs/images/${one.shot}.png`), picture);
    console.log(`docs/images/${one.shot}.png: ${Math.round(picture.length / 1024)} kB`);
    await page.context().close();
  }
} finally {
  await browser.close();
  for (const one of Object.values(served)) await one.stop();
}
