import type { TextRange } from "@getodk/xforms-engine";
import { For, Match, Switch, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";

/** The engine's parsed Markdown, restated because its own types lean on a package that is not published. */
interface MarkdownPart {
  readonly role: "parent" | "child" | "line-break" | "html";
  readonly elementName?: string;
  readonly children?: readonly MarkdownPart[];
  readonly value?: string;
  readonly unsafeHtml?: string;
  readonly url?: string;
}

/** Inside a label only phrasing elements are allowed, so blocks and headings become spans. */
const PHRASING: ReadonlySet<string> = new Set(["strong", "em", "u"]);

function Parts(props: { parts: readonly MarkdownPart[] }): JSX.Element {
  return (
    <For each={props.parts}>
      {(part) => (
        <Switch fallback={part.value ?? part.unsafeHtml ?? ""}>
          <Match when={part.role === "line-break"}>
            <br />
          </Match>
          <Match when={part.role === "parent" && part.elementName === "a" && /^https?:/.test(part.url ?? "")}>
            <a href={part.url} target="_blank" rel="noopener">
              <Parts parts={part.children ?? []} />
            </a>
          </Match>
          <Match when={part.role === "parent"}>
            <Dynamic component={PHRASING.has(part.elementName ?? "") ? part.elementName : "span"}>
              <Parts parts={part.children ?? []} />
            </Dynamic>
          </Match>
        </Switch>
      )}
    </For>
  );
}

export function Marked(props: { text: TextRange<any> | null }): JSX.Element {
  return <Parts parts={(props.text?.formatted ?? []) as readonly MarkdownPart[]} />;
}
