import { loadForm, type RootNode } from "@getodk/xforms-engine";
import { createSignal, type Signal } from "solid-js";

/** The form cannot be opened: it is not an XForm this engine understands, or the instance is not of this form. */
export class FormError extends Error {
  override readonly name = "FormError";
}

/** Makes each property of the engine's state a signal, so that the screen follows exactly what it reads. */
export function reactiveState<T extends object>(state: T): T {
  const reactive = {} as T;
  for (const key of Object.keys(state) as (keyof T)[]) {
    const [read, write] = createSignal(state[key]) as Signal<T[keyof T]>;
    Object.defineProperty(reactive, key, {
      enumerable: true,
      get: read,
      set: (value: T[keyof T]) => write(() => value),
    });
  }
  return reactive;
}

/** Opens `instance` (new and prefilled, or resumed, with the files that it names) in the form. */
export async function openForm(
  formXml: string,
  instance: string,
  language: string,
  files: readonly File[] = [],
): Promise<RootNode> {
  const form = await loadForm(formXml, {
    fetchFormAttachment: () => Promise.reject(new FormError("attachments are not served with questionnaires")),
    missingResourceBehavior: "BLANK",
  });
  if (form.status === "failure") throw new FormError(form.error.message, { cause: form.error });
  try {
    const { root } = await form.restoreInstance(
      { data: [instanceData(instance, files)] },
      {
        stateFactory: reactiveState,
        // Two members' photographs may both be called image.jpg.
        instanceAttachments: { fileNameFactory: ({ extension }) => `${crypto.randomUUID()}${extension ?? ""}` },
        // Without this the engine would leave an identifier of its own in localStorage.
        preloadProperties: { deviceID: "punte" },
      },
    );
    speak(root, language);
    return root;
  } catch (error) {
    throw new FormError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

type RestoreData = Parameters<Extract<Awaited<ReturnType<typeof loadForm>>, { status: "success" }>["restoreInstance"]>[0];

function instanceData(instance: string, files: readonly File[]): RestoreData["data"][0] {
  const data = new FormData();
  data.set("xml_submission_file", new File([instance], "xml_submission_file", { type: "text/xml" }));
  for (const file of files) data.set(file.name, file);
  return data as unknown as RestoreData["data"][0];
}

/** Chooses the form's language whose name carries the code, as XLSForm writes it: "Română (ro)". */
export function speak(root: RootNode, language: string): void {
  for (const candidate of root.languages) {
    if (candidate.isSyntheticDefault) continue;
    const name = candidate.language.toLowerCase();
    if (name === language || name.includes(`(${language})`)) {
      root.setLanguage(candidate);
      return;
    }
  }
}
