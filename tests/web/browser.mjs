// Chromium behind a fence: what pages ask of other hosts, and what they complain of, is written down.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Nothing but loopback is looked up; the browser itself asks nobody either. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** Starts the browser that CHROMIUM names. */
export const start = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET });

/** A page in a context of its own. `page.complaints` are requests to other hosts, warnings and errors; `status` is expected. */
export async function open(browser, base, { at = "/", status = 200, ...options } = {}) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  const complaints = [];
  await context.route("**/*", (route) => {
    if (new URL(route.request().url()).origin === base) return route.continue();
    complaints.push(`asks another host: ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.complaints = complaints;
  page.setDefaultTimeout(60_000); // a machine that is busy is no fault of the page
  page.on("console", (said) => {
    const expected = status !== 200 && said.text().includes(`status of ${status}`);
    if (["error", "warning"].includes(said.type()) && !expected) complaints.push(`${said.type()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error}`));
  const answer = await page.goto(base + at);
  if (answer.status() !== status) throw new Error(`${at}: status ${answer.status()}`);
  return page;
}

/** Opens all that can be opened on a page. */
export const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));

/** Faults of access that axe calls serious or critical, one line each. */
export async function faults(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map((n) => `${n.html.slice(0, 120)} ${n.any[0]?.message ?? ""}`).join("; ")}`);
}

/** How far a page is wider than the window. */
export const overhang = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** The number at the head of a search's results. */
export const total = async (page) => number(await page.textContent(".summary h1 .num"));

/** "1,234" as a number. */
export const number = (text) => Number(text.replaceAll(",", ""));
