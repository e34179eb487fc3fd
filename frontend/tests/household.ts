import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Doors, Draft, SaveResult, SubmitResult } from "../src/questionnaire/doors";

/** An invented household in the form of fixtures/household.xml. */
export const FORM = readFileSync(join(import.meta.dirname, "fixtures/household.xml"), "utf8");

export const member = (given: string, family: string, born: string): string =>
  `<member><member_id>${given}</member_id><identity><family_name>${family}</family_name><given_name>${given}</given_name>` +
  `<cnp/><birth_date>${born}</birth_date><age_years/><sex/></identity><education><enrolled/><absences_30d/></education>` +
  "<health><family_doctor/><disability/></health></member>";

export const instanceOf = (...members: string[]): string =>
  '<data id="household_check" version="2026.1"><visit><visit_date>2026-01-20</visit_date><place/></visit><dwelling_facts>' +
  "<dwelling_note/><dwelling/><rooms/><electricity/><damage/><monthly_income_lei/><photo/><path/></dwelling_facts>" +
  `${members.join("")}<closing><remarks/></closing>` +
  "<meta><instanceID>uuid:86ddf6bb-2fce-4b45-b120-d15e819957ed</instanceID></meta></data>";

export const HOUSEHOLD = instanceOf(
  member("Elena", "Exemplu", "1991-03-02"),
  member("Sorin", "Exemplu", "2017-05-20"),
);

export const draftOf = (instance: string, changes: Partial<Draft> = {}): Draft => ({
  instance,
  version: 1,
  savedAt: "2026-01-20T08:00:00Z",
  by: null,
  ...changes,
});

/** Doors that answer at once, and remember what went through them. */
export class FakeDoors implements Doors {
  saved: { instance: string; base: number }[] = [];
  submitted: { xml: string; base: number }[] = [];
  /** Answers to give instead of success, first come first served. */
  saveAnswers: SaveResult[] = [];
  submitAnswers: SubmitResult[] = [];

  constructor(public draft: Draft = draftOf(HOUSEHOLD)) {}

  loadForm = (): Promise<string> => Promise.resolve(FORM);
  loadDraft = (): Promise<Draft> => Promise.resolve(this.draft);

  saveDraft = (instance: string, base: number): Promise<SaveResult> => {
    this.saved.push({ instance, base });
    return Promise.resolve(
      this.saveAnswers.shift() ?? { kind: "saved", version: base + 1, savedAt: "2026-01-20T14:40:00Z" },
    );
  };

  submit = async (payload: FormData, base: number): Promise<SubmitResult> => {
    const xml = await (payload.get("xml_submission_file") as File).text();
    this.submitted.push({ xml, base });
    return this.submitAnswers.shift() ?? { kind: "submitted", location: "/evaluari/7/" };
  };
}
