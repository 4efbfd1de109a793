// Starts `qingqu demo` with a fresh data folder and waits until it says where it listens.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const START_MS = 20_000;

export interface Server {
  url: string;
  /** Everything it wrote so far, for a failing test. */
  log(): string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const binary = process.env.QINGQU_BIN || join(ROOT, "target/release/qingqu");
  if (!existsSync(binary)) {
    throw new Error(`${binary} is not there; build it first: cargo build --release`);
  }
  const folder = mkdtempSync(join(tmpdir(), "qingqu-e2e-"));
  const child = spawn(binary, ["demo", "--port", "0", "--no-open", "--data-dir", folder], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await new Promise<string>((found, failed) => {
      const timer = setTimeout(() => failed(new Error(`no address after ${START_MS} ms`)), START_MS);
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`it ended with ${code}`)));
      child.stdout.on("data", (chunk) => {
        log += chunk;
        const line = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log);
        if (line) {
          clearTimeout(timer);
          found(line[1]);
        }
      });
    });
    return { url, log: () => log, stop };
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
