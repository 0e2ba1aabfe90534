/**
 * The editor of a block, loaded when a reader first edits one. Its colours are those of the static code (`block.css`), its
 * lines are marked as there.
 */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Prec, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, drawSelection, EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Language } from "beamlet/protocol";
import { elixir } from "codemirror-lang-elixir";

interface Mark {
  readonly line: number;
  readonly severity: string;
  readonly reason: string;
}

const setMarks = StateEffect.define<readonly Mark[]>();

/** Marks stay at their text while it moves; what is changed in it leaves them standing until the next run. */
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const builder = new RangeSetBuilder<Decoration>();
      for (const { line, severity, reason } of effect.value.toSorted((a, b) => a.line - b.line)) {
        if (line > transaction.state.doc.lines) continue;
        const { from } = transaction.state.doc.line(line);
        builder.add(
          from,
          from,
          Decoration.line({ class: `line-${severity}`, attributes: { title: reason } }),
        );
      }
      return builder.finish();
    }
    return decorations.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class BlockEditor {
  readonly #view: EditorView;
  #marks: Mark[] = [];

  constructor(
    parent: HTMLElement,
    code: string,
    language: Language,
    label: string,
    actions: { run(): void; change(code: string): void },
  ) {
    const run = () => {
      actions.run();
      return true;
    };
    this.#view = new EditorView({
      parent,
      doc: code,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
        language === "elixir" ? elixir() : javascript({ typescript: true }),
        syntaxHighlighting(classHighlighter),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        indentOnInput(),
        indentUnit.of("  "),
        // Escape and then Tab leaves the editor: a habit of CodeMirror's own.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) actions.change(update.state.doc.toString());
        }),
        marks,
      ],
    });
  }

  /** Puts another text in place of the whole one; the reader can undo it. */
  replace(code: string): void {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: code } });
  }

  focus(): void {
    this.#view.focus();
  }

  /** Marks a line; the result takes the mark away. */
  mark(line: number, severity: string, reason: string): () => void {
    const mark = { line, severity, reason };
    this.#marks.push(mark);
    this.#show();
    return () => {
      this.#marks = this.#marks.filter((other) => other !== mark);
      this.#show();
    };
  }

  #show(): void {
    this.#view.dispatch({ effects: setMarks.of(this.#marks) });
  }

  close(): void {
    this.#view.destroy();
  }
}
