// Starts `qingqu demo` with a fresh data folder and waits until it says where each of its books is.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const START_MS = 120_000;

/** The books of the demonstration, in the order in which it lists them. */
export const BOOKS = ["tianjin", "tongzhou", "jizhou", "xinjiang", "hunan"] as const;
export type Book = (typeof BOOKS)[number];

export interface Server {
  /** Where its first book is. */
  url: string;
  /** Where each book is that it shows. */
  books: Partial<Record<Book, string>>;
  /** Everything it wrote so far, for a failing test. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the demonstration of one book, or of all of them beside each other. */
export async function startServer(book: Book | "all"): Promise<Server> {
  const shown: readonly Book[] = book === "all" ? BOOKS : [book];
  const binary = process.env.QINGQU_BIN || join(ROOT, "target/release/qingqu");
  if (!existsSync(binary)) {
    throw new Error(`${binary} is not there; build it first: cargo build --release`);
  }
  const folder = mkdtempSync(join(tmpdir(), "qingqu-e2e-"));
  const only = book === "all" ? [] : ["--policy", book];
  const child = spawn(binary, ["demo", ...only, "--port", "0", "--no-open", "--data-dir", folder], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const urls = await new Promise<string[]>((found, failed) => {
      const timer = setTimeout(() => failed(new Error(`no address after ${START_MS} ms`)), START_MS);
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`it ended with ${code}`)));
      child.stdout.on("data", (chunk) => {
        log += chunk;
        const lines = [...log.matchAll(/listening on (http:\/\/127\.0\.0\.1:\d+)\s/g)];
        if (lines.length === shown.length) {
          clearTimeout(timer);
          found(lines.map((line) => line[1]));
        }
      });
    });
    const books = Object.fromEntries(shown.map((one, at) => [one, urls[at]]));
    return { url: urls[0], books, log: () => log, stop };
  } catch (error) {
    await stop();
    throw new Error(`the demonstration did not start: ${(error as Error).message}\n${log}`);
  }
}

/** Asks the process to end, and ends it when it does not. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(timer);
}
