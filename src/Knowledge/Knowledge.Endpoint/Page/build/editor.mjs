// The query editor: CodeMirror with SPARQL, and completion from what the page knows. Built into vendor/editor.js; see README.md.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { sparql } from '@codemirror/legacy-modes/mode/sparql';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: 'tok-keyword' }, { tag: tags.string, class: 'tok-string' }, { tag: tags.comment, class: 'tok-comment' },
  { tag: [tags.variableName, tags.special(tags.variableName)], class: 'tok-variable' }, { tag: [tags.atom, tags.url, tags.number], class: 'tok-atom' },
]);

/** Makes an editor in an element. `complete(text before the cursor)` gives `{ from, options }` or null; `run` is called on Ctrl-Enter. */
export function create(parent, { doc, label, complete, run }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), StreamLanguage.define(sparql), syntaxHighlighting(colours), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        autocompletion({ override: [context => complete(context.state.sliceDoc(0, context.pos), context.explicit)] }),
        keymap.of([{ key: 'Mod-Enter', run: () => { run(); return true; } }, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: text => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    go: (line, column) => {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: Math.min(at.to, at.from + Math.max(0, column - 1)) }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
  };
}
