import { createEffect, createMemo, createSignal, type JSX, onMount, Show } from "solid-js";
import { useHouseholdOnce, useTeren } from "../context";
import { dayIn, today } from "../formats";
import { CheckField, focusFirstError, Form, Page, SelectField, TextField } from "../parts";
import { bytesOf, imageOf } from "../../shared/pictures";
import { addressOf } from "../place";
import { createTyped } from "../typed";
import type { Uuid } from "../wire";

type Stroke = readonly (readonly [x: number, y: number])[];

interface Typed {
  name: string;
  byName: boolean;
  about: string;
  /** Lines, in thousandths of the frame's width. */
  strokes: Stroke[];
}

const WIDTH = 1000;
const HEIGHT = 400;
const LINE = 5;

/** A signature by finger; who cannot draw one signs by the written name. */
export function Signature(props: { household: Uuid }): JSX.Element {
  const { t, language, book, instead } = useTeren();
  const view = useHouseholdOnce(() => props.household);
  const typed = createTyped<Typed>(book, `signature-${props.household}`, { name: "", byName: false, about: "", strokes: [] });
  const [wrong, setWrong] = createSignal<{ name?: string; strokes?: string; form?: string }>({});
  let canvas!: HTMLCanvasElement;
  let drawing: [number, number][] | null = null;

  const signed = createMemo(() => {
    const unsent = (view.latest?.unsent ?? [])
      .filter(({ entry }) => ["assessment", "plan", "intervention"].includes(entry.kind))
      .map(({ entry }) => ({ value: entry.id, label: t.kinds[entry.kind] ?? entry.kind }));
    const plans = (view.latest?.cases ?? []).flatMap(({ inForce }) =>
      inForce === null ? [] : [{ value: inForce.id, label: t.planInForce(inForce.version) }],
    );
    return [...unsent, ...plans];
  });
  const redraw = (): void => {
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    for (const stroke of [...typed.values.strokes, ...(drawing === null ? [] : [drawing])]) line(pen, stroke);
  };
  onMount(() => createEffect(redraw));
  const at = (event: PointerEvent): [number, number] => {
    const frame = canvas.getBoundingClientRect();
    return [
      Math.round(((event.clientX - frame.left) / frame.width) * WIDTH),
      Math.round(((event.clientY - frame.top) / frame.height) * HEIGHT),
    ];
  };
  const begin = (event: PointerEvent): void => {
    canvas.setPointerCapture(event.pointerId);
    drawing = [at(event)];
  };
  const follow = (event: PointerEvent): void => {
    if (drawing === null) return;
    drawing.push(at(event));
    redraw();
  };
  const end = (): void => {
    if (drawing === null) return;
    const stroke = drawing;
    drawing = null;
    typed.set("strokes", (before) => [...before, stroke]);
  };
  const keep = async (): Promise<void> => {
    const name = typed.values.name.trim();
    const unsigned = !typed.values.byName && typed.values.strokes.length === 0;
    setWrong({
      ...(name === "" ? { name: t.signatureNameMissing } : {}),
      ...(unsigned ? { strokes: t.signatureMissing } : {}),
    });
    if (name === "" || unsigned) return focusFirstError();
    const words = {
      about: typed.values.about === "" ? null : typed.values.about,
      what: "signature",
      type: "image/png",
      caption: t.signedOn(name, dayIn(language, today())),
    } as const;
    const isWritten = await typed.finish(async () => {
      const image = await pictureOf(typed.values.byName ? [] : typed.values.strokes, name, words.caption);
      await book.addFile(props.household, words, await bytesOf(image));
    });
    if (isWritten) instead(addressOf("g", props.household));
    else setWrong({ form: t.storageFailed });
  };
  return (
    <Page
      title={t.signature}
      back={addressOf("g", props.household)}
      aside={<span class="t-aside">{view.latest?.home.name}</span>}
      bar={
        <button class="btn" form="signature">
          {t.keepSignature}
        </button>
      }
    >
      <Form id="signature" class="card" onSubmit={() => void keep()}>
        <TextField
          label={t.signatureOf}
          error={wrong().name}
          maxlength={120}
          value={typed.values.name}
          onInput={(value) => typed.set("name", value)}
        />
        <SelectField
          label={t.whatIsSigned}
          empty={t.household}
          options={signed()}
          value={typed.values.about}
          onChange={(value) => typed.set("about", value)}
        />
        <CheckField label={t.signByName} checked={typed.values.byName} onChange={(on) => typed.set("byName", on)} />
        <Show when={typed.values.byName} fallback={<p class="t-hint">{t.signHint}</p>}>
          <p class="t-hint">{t.signByNameHint}</p>
        </Show>
        <div class="t-signature" hidden={typed.values.byName}>
          <canvas
            ref={canvas}
            width={WIDTH}
            height={HEIGHT}
            role="img"
            aria-label={t.signHere}
            onPointerDown={begin}
            onPointerMove={follow}
            onPointerUp={end}
            onPointerCancel={end}
          />
          <button type="button" class="btn quiet" onClick={() => typed.set("strokes", [])}>
            {t.signClear}
          </button>
        </div>
        <p class="error t-error" role="alert">
          {wrong().strokes ?? wrong().form ?? ""}
        </p>
      </Form>
    </Page>
  );
}

function line(pen: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first, ...rest] = stroke;
  if (first === undefined) return;
  pen.strokeStyle = "#111";
  pen.lineWidth = LINE;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(...first);
  // A dot is a line to where it began.
  for (const point of rest.length > 0 ? rest : [first]) pen.lineTo(...point);
  pen.stroke();
}

function pictureOf(strokes: readonly Stroke[], name: string, words: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT + 60;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("no canvas");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const stroke of strokes) line(pen, stroke);
  pen.fillStyle = "#111";
  pen.textAlign = "center";
  if (strokes.length === 0) {
    pen.font = "italic 72px serif";
    pen.fillText(name, WIDTH / 2, HEIGHT / 2, WIDTH - 80);
  }
  pen.font = "28px sans-serif";
  pen.fillText(words, WIDTH / 2, HEIGHT + 36, WIDTH - 80);
  return imageOf(canvas, "image/png");
}
