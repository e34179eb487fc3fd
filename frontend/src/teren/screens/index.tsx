/** Which screen an address names. */
import type { JSX } from "solid-js";
import { NotThere } from "../parts";
import type { Place } from "../place";
import { Attendance } from "./Attendance";
import { Choose } from "./Choose";
import { EntryForm } from "./EntryForm";
import { Findings } from "./Findings";
import { HomeForm } from "./HomeForm";
import { Household } from "./Household";
import { Meetings } from "./Meetings";
import { OpenCase } from "./OpenCase";
import { Photo } from "./Photo";
import { PlanForm } from "./PlanForm";
import { Questionnaire } from "./Questionnaire";
import { Settings } from "./Settings";
import { Signature } from "./Signature";
import { Today } from "./Today";
import { Unsent } from "./Unsent";
import { Visit } from "./Visit";

export function screenOf({ screen, ids }: Place): JSX.Element {
  const [first, second, third, fourth] = ids;
  switch (screen) {
    case "":
      return <Today />;
    case "alege":
      return <Choose />;
    case "grupuri":
      return <Meetings />;
    case "grup":
      return first ? <Attendance id={first} /> : <NotThere />;
    case "netrimise":
      return <Unsent />;
    case "setari":
      return <Settings />;
    case "nou":
      return <HomeForm household={null} entry={first ?? null} />;
    case "e":
      return first ? <Questionnaire draft={first} /> : <NotThere />;
    case "m":
      return first ? <Questionnaire mended={first} /> : <NotThere />;
    case "c":
      return first ? <Findings entry={first} /> : <NotThere />;
    case "g":
      return first ? ofHousehold(first, second, third, fourth) : <NotThere />;
    default:
      return <NotThere />;
  }
}

function ofHousehold(id: string, what?: string, of?: string, entry?: string): JSX.Element {
  switch (what) {
    case undefined:
      return <Household id={id} />;
    case "schimba":
      return <HomeForm household={id} entry={of ?? null} />;
    case "caz":
      return <OpenCase household={id} entry={of ?? null} />;
    case "plan":
      return of ? <PlanForm household={id} caseId={of} entry={entry ?? null} /> : <NotThere />;
    case "vizita":
      return of ? <Visit household={id} caseId={of} entry={entry ?? null} /> : <NotThere />;
    case "inscriere":
      return <EntryForm household={id} entry={of ?? null} move={entry ?? null} />;
    case "inscriere-scrisa":
      return of ? <EntryForm household={id} item={of} /> : <NotThere />;
    case "fotografie":
      return <Photo household={id} />;
    case "semnatura":
      return <Signature household={id} />;
    default:
      return <NotThere />;
  }
}
