/** One evaluation of a session, and what it has to tell: everything goes out under its id, and printed text before what follows it. */
import type { Process } from "../process/process.ts";
import type { FromWorker, Language } from "./protocol.ts";

/** Printed text is sent on when this much has gathered, or when the machine pauses. */
const OUTPUT_CHUNK = 16_384;
/** Milliseconds after which nothing more is logged: the logger may have to be fetched first. */
const LOGGED_BY = 10_000;

type WithoutId<Message> = Message extends { readonly id: string } ? Omit<Message, "id"> : never;

export interface EvaluationRequest {
  readonly id: string;
  readonly language: Language;
  readonly code: string;
  readonly seed?: number;
  readonly replaces?: string;
  readonly discard?: boolean;
}

export class Evaluation {
  readonly id: string;
  readonly language: Language;
  readonly code: string;
  readonly seed: number | undefined;
  /** The evaluation before which the shell is to be again what it was. */
  readonly replaces: string | undefined;
  /** Whether the shell is afterwards to be what it was before. */
  readonly discard: boolean;
  /** The group leader of all that it starts. */
  readonly device: Process;
  /** When its turn came, on the clock of the machine. */
  started = 0;
  /** How many characters it has printed. */
  written = 0;
  /** How many of its processes the page was last told of. */
  alive = 0;
  done = false;
  /** When it was done, in milliseconds of the host. */
  ended = 0;
  readonly #post: (message: FromWorker) => void;
  #printed = "";

  constructor(
    { id, language, code, seed, replaces, discard = false }: EvaluationRequest,
    openDevice: (write: (text: string) => void) => Process,
    print: (evaluation: Evaluation, text: string) => void,
    post: (message: FromWorker) => void,
  ) {
    this.id = id;
    this.language = language;
    this.code = code;
    this.seed = seed;
    this.replaces = replaces;
    this.discard = discard;
    this.#post = post;
    this.device = openDevice((text) => print(this, text));
  }

  /** Done, and long enough ago for all that was logged of it to have come. */
  get isOver(): boolean {
    return this.done && performance.now() - this.ended > LOGGED_BY;
  }

  /** Keeps what is printed until there is enough of it. */
  print(text: string): void {
    this.#printed += text;
    if (this.#printed.length > OUTPUT_CHUNK) this.flush();
  }

  flush(): void {
    if (this.#printed === "") return;
    this.#post({ type: "output", id: this.id, text: this.#printed });
    this.#printed = "";
  }

  /** Tells something, after what has been printed. */
  tell(message: WithoutId<FromWorker>): void {
    this.flush();
    this.#post({ ...message, id: this.id } as FromWorker);
  }
}
