import type { RootNode } from "@getodk/xforms-engine";
import { createContext, useContext } from "solid-js";
import type { Attachments } from "../doors";
import type { Messages } from "../messages";
import type { Question } from "../nodes";
import type { Problems } from "../problems";
import type { Route } from "../route";
import type { Section } from "../sections";

/** What every part of the screen may need of the open questionnaire. */
export interface Questionnaire {
  readonly root: RootNode;
  readonly language: string;
  readonly t: Messages;
  readonly problems: Problems;
  /** The sections that concern the household now. */
  readonly sections: () => readonly Section[];
  readonly route: () => Route;
  readonly go: (route: Route) => void;
  /** The address of a page of the questionnaire. */
  readonly address: (route: Route) => string;
  readonly files: Attachments | undefined;
  /** Opens the page and card a question is on, and puts the cursor in it. */
  readonly goToQuestion: (question: Question) => void;
}

const Context = createContext<Questionnaire>();

export const QuestionnaireProvider = Context.Provider;

export function useQuestionnaire(): Questionnaire {
  const questionnaire = useContext(Context);
  if (questionnaire === undefined) throw new Error("used outside of QuestionnaireProvider");
  return questionnaire;
}
