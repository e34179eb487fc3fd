import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import "./map.css";

type Pair = [number, number];

interface MapData {
  points: { n: number; name: string; at: Pair }[];
  localities: { name: string; county: string; at: Pair; n: number }[];
  from: Pair | null;
  tiles: string;
  attribution: string;
}

const NAMED = 25;
const FARTHEST_ZOOM = 15;

const box = document.querySelector<HTMLElement>("#map");
const source = document.querySelector("#map-data");
if (box && source?.textContent) draw(box, JSON.parse(source.textContent) as MapData);

/** The places of the list on a map: localities by their number of services, exact places by their number in the list. */
function draw(box: HTMLElement, data: MapData): void {
  box.replaceChildren();
  const say = (name: string): string => box.dataset[name] ?? "";
  const map = L.map(box, { zoomControl: false, attributionControl: data.tiles !== "", maxZoom: 18, minZoom: 5 });
  L.control.zoom({ zoomInTitle: say("zoomIn"), zoomOutTitle: say("zoomOut") }).addTo(map);
  if (data.tiles) L.tileLayer(data.tiles, { attribution: data.attribution }).addTo(map);
  else void outlines(map, say("outlines"));

  const shown = data.localities.filter((one) => one.n > 0);
  // First the view: a marker has no element to name before it.
  frame(map, data, shown);
  shown.forEach((one, order) => locality(map, one, order, say));
  data.localities.filter((one) => one.n === 0).forEach((one) => town(map, one));
  data.points.forEach((one) => point(map, one));
  if (data.from) L.circleMarker(data.from, { radius: 7, interactive: false, className: "from" }).bindTooltip(say("from"), { permanent: true, direction: "bottom", className: "name" }).addTo(map);
}

/** Show the places of the list and where one asks from; without any, the localities with most services. */
function frame(map: L.Map, data: MapData, shown: MapData["localities"]): void {
  const near = data.points.map((one) => one.at);
  const inside: Pair[] = near.length > 0 ? near : shown.slice(0, 40).map((one) => one.at);
  if (data.from) inside.push(data.from);
  map.fitBounds(inside.length > 0 ? L.latLngBounds(inside) : L.latLngBounds([46.3, 22.6], [47.4, 24.3]), {
    padding: [40, 40],
    maxZoom: near.length > 0 ? FARTHEST_ZOOM : 11,
    animate: false,
  });
}

function icon(className: string, text: string, size: number): L.DivIcon {
  const inside = document.createElement("span");
  inside.textContent = text;
  return L.divIcon({ className, html: inside, iconSize: [size, size] });
}

/** A marker that the keyboard reaches and a screen reader names. */
function mark(map: L.Map, at: Pair, shape: L.DivIcon, name: string, act: () => void, order: number): L.Marker {
  const marker = L.marker(at, { icon: shape, keyboard: true, zIndexOffset: order }).addTo(map);
  marker.getElement()?.setAttribute("aria-label", name);
  marker.on("click", act);
  marker.on("keypress", (event) => {
    if (event.originalEvent.key === "Enter") act();
  });
  return marker;
}

function locality(map: L.Map, one: MapData["localities"][number], order: number, say: (name: string) => string): void {
  const size = Math.round(26 + Math.min(22, Math.sqrt(one.n) * 3));
  const open = (): void => {
    const query = new URLSearchParams(location.search);
    query.set("loc", `${one.name} (${one.county})`);
    query.delete("pagina");
    location.assign(`${say("list")}?${query.toString()}`);
  };
  const marker = mark(map, one.at, icon("locality", String(one.n), size), `${one.name}: ${one.n} ${say("services")}`, open, -order);
  marker.bindTooltip(one.name, { permanent: order < NAMED, direction: "right", offset: [size / 2, 0], className: "name" });
}

/** A town without such services: named, so that the eye finds its way. */
function town(map: L.Map, one: MapData["localities"][number]): void {
  L.circleMarker(one.at, { radius: 2.5, interactive: false, className: "town" }).bindTooltip(one.name, { permanent: true, direction: "right", offset: [4, 0], className: "name quiet" }).addTo(map);
}

function point(map: L.Map, one: MapData["points"][number]): void {
  const open = (): void => {
    const row = document.querySelector<HTMLElement>(`#s${one.n}`);
    row?.scrollIntoView({ block: "center" });
    row?.querySelector("a")?.focus({ preventScroll: true });
  };
  mark(map, one.at, icon("point", String(one.n), 26), `${one.n}. ${one.name}`, open, 1000 - one.n).bindTooltip(one.name, { className: "name" });
}

/** The outlines that the operator brought in; without any, a graticule of half a degree. */
async function outlines(map: L.Map, address: string): Promise<void> {
  const answer = address ? await fetch(address).catch(() => null) : null;
  const shapes = answer?.ok ? ((await answer.json()) as GeoJSON.FeatureCollection) : null;
  if (shapes && shapes.features.length > 0) {
    L.geoJSON(shapes, { interactive: false, style: (shape) => ({ className: shape?.properties?.kind === "county" ? "outline county" : "outline" }) }).addTo(map).bringToBack();
    return;
  }
  for (let at = 20; at <= 30; at += 0.5) L.polyline([[43, at], [49, at]], { interactive: false, className: "graticule" }).addTo(map).bringToBack();
  for (let at = 43; at <= 49; at += 0.5) L.polyline([[at, 20], [at, 30]], { interactive: false, className: "graticule" }).addTo(map).bringToBack();
}
