/** Groups on the wire: the meetings that a leader takes along, and the attendance that comes back. */
type Uuid = string;
type Day = string;

export type PresenceState = "present" | "late" | "left_early" | "excused" | "absent";

/** Part of `Reference`. Absent in what an older application kept. */
export interface GroupReference {
  /** Those of about now in the groups that the worker leads, by their days. */
  readonly meetings?: readonly GroupMeeting[];
}

export interface GroupMeeting {
  readonly id: Uuid;
  readonly title: string;
  readonly day: Day;
  readonly hour: string | null;
  readonly place: string;
  /** Who comes: those of the list; also who walks in; or nobody by name. */
  readonly list: "closed" | "open" | "counted";
  /** How many came besides, without a name. */
  readonly counted: number;
  readonly held: boolean;
  readonly people: readonly OnList[];
}

export interface OnList {
  readonly key: Uuid;
  readonly name: string;
  readonly state: PresenceState | "";
  /** Of the mark; 0 where there is none. */
  readonly revision: number;
}

/** What was tapped and not sent yet; its `household` is the meeting. */
export interface Attendance {
  /** `knew`: the revision of the mark when it came down. */
  readonly marks: readonly { readonly person: Uuid; readonly state: PresenceState; readonly knew: number }[];
  readonly walkIns: readonly string[];
  /** Null where it was not touched. */
  readonly counted: number | null;
  readonly countedBefore: number | null;
}
