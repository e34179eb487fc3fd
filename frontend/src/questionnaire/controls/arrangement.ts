import type { Question } from "../nodes";

/** Which control a question gets. */
export type Arrangement =
  | "choices"
  | "menu"
  | "number"
  | "date"
  | "text"
  | "place"
  | "range"
  | "trigger"
  | "upload"
  | "unsupported";

/** Above this many options a native menu, which can be searched by typing, is kinder than a page of radio buttons. */
const LONGEST_CHOICE_LIST = 12;

export function arrangementOf(node: Question): Arrangement {
  switch (node.nodeType) {
    case "select":
      return isMenu(node) ? "menu" : "choices";
    case "trigger":
      return "trigger";
    case "range":
      return "range";
    case "upload":
      return "upload";
    case "rank":
      return "unsupported";
    case "input":
      return inputArrangement(node.valueType);
  }
}

function isMenu(node: Extract<Question, { nodeType: "select" }>): boolean {
  if (node.selectType !== "select1") return false;
  return node.appearances.minimal || node.currentState.valueOptions.length > LONGEST_CHOICE_LIST;
}

function inputArrangement(valueType: string): Arrangement {
  switch (valueType) {
    case "int":
    case "decimal":
      return "number";
    case "date":
    case "dateTime":
    case "time":
      return "date";
    case "geopoint":
      return "place";
    case "string":
    case "barcode":
      return "text";
    default:
      return "unsupported";
  }
}
