import type { GeopointInputNode } from "@getodk/xforms-engine";
import { createEffect, createSignal, type JSX, on, Show } from "solid-js";
import { valueOf } from "../nodes";
import { readNumber, writeNumber } from "../numbers";
import { useQuestionnaire } from "../screen/context";
import { ariaFlag, type ControlProps } from "./control";

const LOCATING_LIMIT_MS = 20_000;

/** Two coordinates by hand, or the device's own place on request. */
export function PlaceControl(props: ControlProps<GeopointInputNode>): JSX.Element {
  const { t, language, problems } = useQuestionnaire();
  const node = props.node;
  const [news, setNews] = createSignal("");
  const [latitude, setLatitude] = createSignal("");
  const [longitude, setLongitude] = createSignal("");

  createEffect(
    on(
      () => valueOf(node),
      (value) => {
        const typed = problems.unreadable(node);
        if (typed === undefined && value === "" && (latitude() === "") !== (longitude() === "")) return;
        const [lat = "", lon = ""] = typed === undefined ? value.split(" ") : typed.split("|");
        setLatitude(writeNumber(lat, language));
        setLongitude(writeNumber(lon, language));
      },
    ),
  );
  const read = (lat: string, lon: string): void => {
    const north = readNumber(lat, language);
    const east = readNumber(lon, language);
    const isPlace = north !== null && east !== null && Math.abs(north) <= 90 && Math.abs(east) <= 180;
    const isEmpty = lat.trim() === "" && lon.trim() === "";
    problems.setUnreadable(node, isPlace || isEmpty ? undefined : `${lat}|${lon}`);
    problems.answered(node);
    node.setValue(isPlace ? `${north} ${east} 0 0` : "");
  };
  const locate = (): void => {
    setNews(t.searchingPlace);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        problems.setUnreadable(node, undefined);
        problems.answered(node);
        node.setValue(`${coords.latitude} ${coords.longitude} ${coords.altitude ?? 0} ${coords.accuracy}`);
        setNews(t.placeAccuracy(Math.round(coords.accuracy)));
      },
      () => setNews(t.placeNotFound),
      { enableHighAccuracy: true, timeout: LOCATING_LIMIT_MS },
    );
  };
  const coordinate = (label: string, value: () => string, write: (text: string) => void, suffix: string): JSX.Element => (
    <label class="q-coordinate">
      <span>{label}</span>
      <input
        class="q-field q-number"
        id={`${props.id}-${suffix}`}
        type="text"
        inputmode="decimal"
        autocomplete="off"
        value={value()}
        readOnly={node.currentState.readonly}
        aria-invalid={ariaFlag(props.invalid)}
        aria-describedby={props.describedBy}
        onInput={(event) => {
          write(event.currentTarget.value);
          read(latitude(), longitude());
        }}
        onChange={() => {
          // Half a place is not wrong while the other half is still to be written.
          if (latitude() !== "" && longitude() !== "") problems.touch(node);
        }}
      />
    </label>
  );
  return (
    <div class="q-place">
      {coordinate(t.latitude, latitude, setLatitude, "latitude")}
      {coordinate(t.longitude, longitude, setLongitude, "longitude")}
      <Show when={"geolocation" in navigator && !node.currentState.readonly}>
        <button type="button" class="btn quiet" onClick={locate}>
          {t.findPlace}
        </button>
      </Show>
      <p class="q-hint" role="status">
        {news()}
      </p>
    </div>
  );
}
