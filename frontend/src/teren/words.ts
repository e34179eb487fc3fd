/** What Teren says, in the language of its worker. */
import type { Messages } from "./messages";
import { en } from "./words.en";
import { ro } from "./words.ro";

export const WORDS = { ro, en };

export const messagesIn = (language: string): Messages => (language === "en" ? en : ro);
