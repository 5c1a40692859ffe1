// Pictures of the pages for README and docs/explorer.md, on the examples: `scripts/screenshots`.
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
const served = await serve(readout, [local("examples/reports.jsonl")]);
const browser = await start();
mkdirSync(local("docs/images"), { recursive: true });
try {
  for (const one of PAGES.filter(({ shot }) => shot && (!only || shot === only))) {
    const at = addressOf(one, served.store);
    const page = await open(browser, served.base, { at, viewport: SIZE, colorScheme: "light" });
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
  await served.stop();
}
