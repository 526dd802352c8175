/** A real browser without a screen, spoken to by its DevTools protocol: https://chromedevtools.github.io/devtools-protocol/ */
import { isInstalled } from "../helpers/shell.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The program's name; null: there is none, and its tests are left out. */
export async function installedBrowser(): Promise<string | null> {
  for (const name of NAMES) if (await isInstalled(name)) return name;
  return null;
}

/** One page of the browser. */
export interface Tab {
  /** Calls a method of the protocol. @throws Error when the browser refuses */
  call(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The value of an expression, as JSON can tell it. @throws Error when it throws */
  value<T>(expression: string): Promise<T>;
  /** Shows a file, and waits until it is loaded. @param path absolute */
  open(path: string): Promise<void>;
  /** What was told by events of a kind. */
  events(method: string): readonly Record<string, unknown>[];
}

/** Starts the browser with a profile of its own. */
export async function withTab(program: string, folder: string, use: (tab: Tab) => Promise<void>): Promise<void> {
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-port=0",
    `--user-data-dir=${folder}`,
  ];
  // In a group of its own: what it starts ends with it.
  const child = new Deno.Command("setsid", { args: [program, ...args], stdin: "null", stdout: "null", stderr: "piped" })
    .spawn();
  const told = child.stderr.pipeThrough(new TextDecoderStream());
  try {
    const address = await addressIn(told);
    const tab = await ProtocolTab.connect(address);
    await use(tab);
    tab.close();
  } finally {
    await killGroup(child.pid);
    await child.status;
    await removed(folder);
  }
}

/** It says where it listens. The rest of what it says must be read, too. */
async function addressIn(told: ReadableStream<string>): Promise<string> {
  const reader = told.getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the browser has ended: ${text}`);
    text += value;
    const found = /ws:\/\/127\.0\.0\.1:\d+\/\S+/.exec(text);
    if (found === null) continue;
    void drain(reader);
    return found[0];
  }
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // It was killed.
  }
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

class ProtocolTab implements Tab {
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #events: Message[] = [];
  #listeners: ((message: Message) => void)[] = [];
  #next = 1;
  #session: string | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as Message);
  }

  static async connect(address: string): Promise<ProtocolTab> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error("the browser does not listen"));
    });
    const tab = new ProtocolTab(socket);
    const { targetId } = await tab.call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await tab.call("Target.attachToTarget", { targetId, flatten: true });
    tab.#session = String(sessionId);
    for (const domain of ["Page", "Runtime", "Log"]) await tab.call(`${domain}.enable`);
    return tab;
  }

  async call(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = this.#next++;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    this.socket.send(JSON.stringify({ id, method, params, ...session }));
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  async value<T>(expression: string): Promise<T> {
    const answer = await this.call("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if ("exceptionDetails" in answer) throw new Error(JSON.stringify(answer["exceptionDetails"]));
    return (answer["result"] as { readonly value: T }).value;
  }

  async open(path: string): Promise<void> {
    const loaded = new Promise<void>((resolve) =>
      this.#listeners.push(({ method }) => method === "Page.loadEventFired" && resolve())
    );
    await this.call("Page.navigate", { url: `file://${path}` });
    await loaded;
  }

  events(method: string): readonly Record<string, unknown>[] {
    return this.#events.filter((event) => event.method === method).map(({ params }) => params ?? {});
  }

  close(): void {
    this.socket.close();
  }

  #hear(message: Message): void {
    if (message.id === undefined) {
      this.#events.push(message);
      for (const listener of this.#listeners) listener(message);
      return;
    }
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}

/** Milliseconds that what the browser has started may take to end after it. */
const LONGEST_END = 10_000;

/** Until the last process of the group has ended: one that lives on may write, even where all was removed already. */
async function killGroup(leader: number): Promise<void> {
  for (const deadline = performance.now() + LONGEST_END; performance.now() < deadline;) {
    try {
      Deno.kill(-leader, "SIGKILL");
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Removes what the browser has kept. Processes that it has started write there for a moment after it was killed. */
async function removed(folder: string): Promise<void> {
  for (const deadline = performance.now() + LONGEST_END;;) {
    try {
      return await Deno.remove(folder, { recursive: true });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
