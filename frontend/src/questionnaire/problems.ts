import type { AnyViolation, RootNode } from "@getodk/xforms-engine";
import { createStore, reconcile } from "solid-js/store";
import type { ServerProblem } from "./doors";
import type { Messages } from "./messages";
import { childrenOf, descendants, isAsked, type Question, questionAt, valueOf } from "./nodes";

export interface Problem {
  /** Null when it concerns the whole form. */
  readonly node: Question | null;
  readonly message: string;
}

/**
 * What stands between the answers and their submission: the form's own conditions, text that cannot be read as the
 * answer's type, files that were not kept, and what the server objected to.
 */
export class Problems {
  readonly #root: RootNode;
  readonly #messages: () => Messages;
  readonly #touched = createStore<Record<string, boolean>>({});
  readonly #unreadable = createStore<Record<string, string | undefined>>({});
  readonly #fromServer = createStore<Record<string, string | undefined>>({});
  readonly #whole = createStore<{ shown: boolean; messages: string[] }>({ shown: false, messages: [] });

  constructor(root: RootNode, messages: () => Messages) {
    this.#root = root;
    this.#messages = messages;
  }

  /** The person has finished with the question once: from now on its violation is shown. */
  touch(node: Question): void {
    this.#touched[1](node.nodeId, true);
  }

  /** What was typed where it could not be read, so that it is neither lost nor sent. */
  unreadable(node: Question): string | undefined {
    return this.#unreadable[0][node.nodeId];
  }

  setUnreadable(node: Question, text: string | undefined): void {
    this.#unreadable[1](node.nodeId, text);
  }

  /** The server's objection ends when the answer changes. */
  answered(node: Question): void {
    if (this.#fromServer[0][node.nodeId] !== undefined) this.#fromServer[1](node.nodeId, undefined);
  }

  takeServer(problems: readonly ServerProblem[]): void {
    const byNode: Record<string, string> = {};
    const whole: string[] = [];
    for (const { reference, message } of problems) {
      const node = reference === null ? undefined : questionAt(this.#root, reference);
      if (node === undefined) whole.push(message);
      else byNode[node.nodeId] = message;
    }
    this.#fromServer[1](reconcile(byNode));
    this.#whole[1]("messages", whole);
  }

  /** From a first attempt to submit on, every problem is shown. */
  showAll(): void {
    this.#whole[1]("shown", true);
  }

  get allShown(): boolean {
    return this.#whole[0].shown;
  }

  /** What to say beside the question now, if anything. */
  shownFor(node: Question): string | null {
    const message = this.#messageFor(node);
    if (message === null) return null;
    return this.allShown || this.#touched[0][node.nodeId] || this.#fromServer[0][node.nodeId] ? message : null;
  }

  /** Every problem in the order of the form, shown or not. */
  all(): Problem[] {
    const whole: Problem[] = this.#whole[0].messages.map((message) => ({ node: null, message }));
    const found: Problem[] = [];
    for (const node of descendants(childrenOf(this.#root))) {
      if (!isAsked(node)) continue;
      const message = this.#messageFor(node);
      if (message !== null) found.push({ node, message });
    }
    return [...whole, ...found];
  }

  #messageFor(node: Question): string | null {
    if (this.unreadable(node) !== undefined) return this.#unreadableMessage(node);
    if (node.nodeType === "upload" && valueOf(node) !== "" && node.currentState.value === null) {
      return this.#messages().fileNotKept;
    }
    const objection = this.#fromServer[0][node.nodeId];
    if (objection !== undefined) return objection;
    const { violation } = node.validationState;
    return violation === null ? null : this.#violationMessage(violation);
  }

  #violationMessage(violation: AnyViolation): string {
    const t = this.#messages();
    return violation.message?.asString || (violation.condition === "required" ? t.answerRequired : t.answerInvalid);
  }

  #unreadableMessage(node: Question): string {
    const t = this.#messages();
    switch (node.valueType) {
      case "int":
        return t.notAnInteger;
      case "decimal":
        return t.notANumber;
      case "date":
      case "dateTime":
      case "time":
        return t.notADate;
      case "geopoint":
        return t.notAPlace;
      default:
        return t.answerInvalid;
    }
  }
}
