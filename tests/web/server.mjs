// `readout serve` on a store made for the tests.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Milliseconds until the explorer must say where it is. */
const START = 60_000;

/** Codes files into a store and serves it: its address, what is known of it, and how to end it. */
export async function serve(readout, files) {
  const folder = mkdtempSync(join(tmpdir(), "readout-web-"));
  const store = join(folder, "news.db");
  const added = spawnSync(readout, ["add", store, ...files, "--quiet"], { encoding: "utf8" });
  if (added.status !== 0) throw new Error(`readout add failed: ${added.stderr}`);
  const program = spawn(readout, ["serve", store, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const stop = () =>
    new Promise((done) => {
      program.once("exit", () => {
        rmSync(folder, { recursive: true, force: true });
        done();
      });
      program.kill("SIGTERM");
    });
  const base = await address(program);
  return { base, store: await known(base), stop };
}

/** What addresses of pages are made from: a report, a word and a type that are there, an event that several tell of. */
async function known(base) {
  const { total, events } = await (await fetch(`${base}/search.json?order=oldest`)).json();
  const [{ event, report, sentence }] = events;
  const { disputes } = await (await fetch(`${base}/claims.json`)).json();
  const [word] = sentence.match(/\b[a-z]{5,}\b/);
  return { events: total, report: `/reports/${report.key}`, words: `/search?q=${word}&type=${event.type}`, claims: `/claims?event=${disputes[0]?.event ?? event.id}` };
}

function address(program) {
  return new Promise((done, fail) => {
    let said = "";
    const late = setTimeout(() => fail(new Error(`readout serve says nothing: ${said}`)), START);
    program.once("exit", () => fail(new Error(`readout serve ended: ${said}`)));
    program.stderr.on("data", (piece) => {
      said += piece;
      const found = said.match(/open (http:\S+?)\/ /);
      if (!found) return;
      clearTimeout(late);
      done(found[1]);
    });
  });
}

/** The first reports of a packed file of JSON lines, as a file of their own in a folder. */
export function first(packed, many, folder) {
  const path = join(folder, "first.jsonl");
  const lines = gunzipSync(readFileSync(packed)).toString("utf8").split("\n", many);
  writeFileSync(path, lines.join("\n"));
  return path;
}
