import { For, type JSX, Match, Switch } from "solid-js";
import { useTeren } from "../context";
import { AreaField, CheckField, RadioField, SelectField, TextField } from "../parts";
import type { Option } from "../parts";
import type { RegisterField } from "../wire-registers";
import { inWords } from "./register-words";

/** What is typed in a field: keys of several choices, else text. */
export type TypedValue = string | readonly string[];

const LONGEST_LINE = 250;
const LONGEST_NOTE = 4_000;

export const isRow = ({ type }: RegisterField): boolean => type === "member" || type === "entry";

/** One field of a register, drawn from its definition. */
export function RegisterFieldInput(props: {
  field: RegisterField;
  asked: boolean;
  value: TypedValue | undefined;
  /** Of a field that names somebody or another entry what may be chosen. */
  rows: readonly Option[];
  error: string | undefined;
  onChange: (value: TypedValue) => void;
}): JSX.Element {
  const { t, language, book } = useTeren();
  const field = (): RegisterField => props.field;
  const text = (): string => (typeof props.value === "string" ? props.value : "");
  const chosen = (): readonly string[] => (Array.isArray(props.value) ? props.value : []);
  const options = () =>
    field()
      .choices.filter(({ code, retired }) => !retired || code === text() || chosen().includes(code))
      .map(({ code, label }) => ({ value: code, label: inWords(label, language) }));
  const shared = () => {
    const { label, hint } = field();
    return {
      label: inWords(label, language),
      hint: hint ? inWords(hint, language) : undefined,
      error: props.error,
      optional: !props.asked,
    };
  };
  const isNumber = (): boolean => ["integer", "decimal", "money"].includes(field().type);
  return (
    <Switch
      fallback={
        <TextField
          {...shared()}
          type={field().type === "date" ? "date" : "text"}
          inputmode={field().type === "integer" ? "numeric" : isNumber() ? "decimal" : undefined}
          maxlength={LONGEST_LINE}
          value={text()}
          onInput={props.onChange}
        />
      }
    >
      <Match when={field().type === "choice"}>
        <SelectField {...shared()} empty={t.chooseOne} options={options()} value={text()} onChange={props.onChange} />
      </Match>
      <Match when={field().type === "organization"}>
        <SelectField
          {...shared()}
          empty={t.chooseOne}
          options={(book.reference.institutions ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={text()}
          onChange={props.onChange}
        />
      </Match>
      <Match when={isRow(field())}>
        <SelectField {...shared()} empty={t.chooseOne} options={props.rows} value={text()} onChange={props.onChange} />
      </Match>
      <Match when={field().type === "yesno"}>
        <RadioField
          {...shared()}
          name={field().name}
          options={[
            { value: "yes", label: t.yes },
            { value: "no", label: t.no },
            ...(props.asked ? [] : [{ value: "", label: t.notKnown }]),
          ]}
          value={text()}
          onChange={props.onChange}
        />
      </Match>
      <Match when={field().type === "choices"}>
        <fieldset class="field t-radios">
          <legend>
            {shared().label} {props.asked ? "" : <span class="t-optional">({t.optional})</span>}
          </legend>
          <For each={options()}>
            {({ value, label }) => (
              <CheckField
                label={label}
                checked={chosen().includes(value)}
                onChange={(on) =>
                  props.onChange(on ? [...chosen(), value] : chosen().filter((code) => code !== value))
                }
              />
            )}
          </For>
          <p class="error t-error">{props.error ?? ""}</p>
        </fieldset>
      </Match>
      <Match when={field().long}>
        <AreaField {...shared()} rows={3} maxlength={LONGEST_NOTE} value={text()} onInput={props.onChange} />
      </Match>
    </Switch>
  );
}
