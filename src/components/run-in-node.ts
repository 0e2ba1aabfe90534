/**
 * The page that runs a program in a WebContainer. That needs a page isolated from other origins, a service that may be out of
 * reach, and a browser that it supports: where one is missing, the reader is told which, within a time limit, and offered the
 * same project to download.
 */
import type { WebContainer } from "@webcontainer/api";
import { type Command, commands, type ProjectFiles, projectFiles } from "../notes/node-project.ts";
import { zip } from "../notes/zip.ts";
import { unpacked } from "./share.ts";

/** Milliseconds until a container that has not come is given up, and an installation in it that does not end. */
const BOOT_PATIENCE = 20_000;
const INSTALL_PATIENCE = 60_000;
const SIGN = "#node=";
/** Marks the visit on which the page has been loaded again to become isolated: it is tried once. */
const TRIED = "isolated";

class RunInNode extends HTMLElement {
  #status!: HTMLElement;
  #terminal!: HTMLElement;
  #code!: HTMLTextAreaElement;
  #boot!: HTMLButtonElement;

  connectedCallback(): void {
    this.#status = this.querySelector(".play-status")!;
    this.#terminal = this.querySelector(".terminal")!;
    this.#code = this.querySelector("textarea")!;
    this.#boot = this.querySelector(".boot")!;
    this.#boot.addEventListener("click", () => void this.#run());
    this.querySelector(".download")!.addEventListener("click", () => void this.#download());
    void this.#restore();
  }

  async #restore(): Promise<void> {
    const given = await unpacked(location.hash, SIGN);
    if (typeof given?.code === "string") {
      this.#code.value = given.code;
      const note = this.querySelector<HTMLElement>(".note")!;
      note.textContent =
        "This code came with the link: somebody else may have written it. It runs when you press the button.";
      note.hidden = false;
    }
    if (sessionStorage.getItem(TRIED) === "again") {
      // The reader pressed the button before the page was loaded again for it.
      sessionStorage.setItem(TRIED, "done");
      this.#code.value = sessionStorage.getItem("program") ?? this.#code.value;
      await this.#run();
    }
  }

  async #files(): Promise<ProjectFiles> {
    const response = await fetch("/beamlet/beamlet.tgz");
    if (!response.ok) throw new Error(`the package could not be loaded: ${response.status}`);
    return projectFiles(this.#code.value, new Uint8Array(await response.arrayBuffer()));
  }

  async #run(): Promise<void> {
    if (!window.crossOriginIsolated && (await this.#reloadIsolated())) return;
    this.#boot.disabled = true;
    this.#terminal.hidden = true;
    this.#terminal.textContent = "";
    this.#status.textContent = "starting Node…";
    try {
      if (!window.crossOriginIsolated)
        throw new Error("this browser, or the host of this page, does not isolate it from other origins");
      if (!navigator.onLine) throw new Error("there is no network, and Node comes from another site");
      const container = await inTime(this.#container(), BOOT_PATIENCE, "Node has not started");
      const install = commands.slice(0, -1);
      await inTime(this.#prepare(container, install), INSTALL_PATIENCE, "the package has not been installed");
      const status = await this.#type(container, commands.at(-1)!);
      this.#status.textContent = status === 0 ? "done" : `the program has ended with status ${status}`;
    } catch (error) {
      this.#status.textContent = `Node cannot run here: ${error instanceof Error ? error.message : error}. Download the project to run it on your machine.`;
    }
    this.#boot.disabled = false;
  }

  /**
   * Hosts that cannot send the headers of an isolated page have the service worker do it, which takes effect when the page is
   * loaded again; false when that has been tried, or there is no service worker.
   */
  async #reloadIsolated(): Promise<boolean> {
    if (!("serviceWorker" in navigator) || sessionStorage.getItem(TRIED) !== null) return false;
    this.#status.textContent = "preparing the page…";
    const late = "no service worker has started";
    if (!(await inTime(serviceWorkerStarts(), BOOT_PATIENCE, late).catch(() => false))) return false;
    sessionStorage.setItem(TRIED, "again");
    sessionStorage.setItem("program", this.#code.value);
    location.reload();
    return true;
  }

  #booted: Promise<WebContainer> | null = null;

  /** One page can have one container; one that could not be started is asked for again. */
  #container(): Promise<WebContainer> {
    this.#booted ??= import("@webcontainer/api")
      .then(({ WebContainer }) => WebContainer.boot({ coep: "require-corp" }))
      .catch((error) => {
        this.#booted = null;
        throw error;
      });
    return this.#booted;
  }

  async #prepare(container: WebContainer, install: readonly Command[]): Promise<void> {
    const files = await this.#files();
    await container.mount(
      Object.fromEntries(Object.entries(files).map(([name, contents]) => [name, { file: { contents } }])),
    );
    for (const command of install) {
      const status = await this.#type(container, command);
      if (status !== 0) throw new Error(`"${command.join(" ")}" has ended with status ${status}`);
    }
  }

  /** Runs a command in the terminal; its exit status. */
  async #type(container: WebContainer, [command, ...args]: Command): Promise<number> {
    const line = [command, ...args].join(" ");
    this.#status.textContent = line;
    this.#print(`$ ${line}\n`);
    const process = await container.spawn(command, args);
    void process.output.pipeTo(new WritableStream({ write: (text) => this.#print(text) }));
    return process.exit;
  }

  #print(text: string): void {
    this.#terminal.hidden = false;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of a terminal
    this.#terminal.append(text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, "").replaceAll("\r\n", "\n"));
    this.#terminal.scrollTop = this.#terminal.scrollHeight;
  }

  async #download(): Promise<void> {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([zip(await this.#files())], { type: "application/zip" }));
    link.download = "beamlet-program.zip";
    link.click();
    URL.revokeObjectURL(link.href);
    this.#status.textContent = "the project is downloaded: npm install && npm start";
  }
}

/** Whether a service worker is there for the next time that the page is loaded: false as soon as it is known that none will be. */
async function serviceWorkerStarts(): Promise<boolean> {
  const registration = await navigator.serviceWorker.register("/sw.js");
  if (registration.active !== null) return true;
  const worker = registration.installing ?? registration.waiting!;
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve(true);
      if (worker.state === "redundant") resolve(false);
    });
  });
}

function inTime<Result>(promise: Promise<Result>, patience: number, failure: string): Promise<Result> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`${failure} within ${patience / 1000} seconds`)), patience),
  );
  return Promise.race([promise, late]);
}

customElements.define("run-in-node", RunInNode);
