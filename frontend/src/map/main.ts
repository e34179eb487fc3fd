import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { gather, numbers, TARGET, width, type Group } from "./gather";
import "./map.css";

type Pair = [number, number];

interface Point {
  n: number;
  name: string;
  at: Pair;
}

interface Locality {
  name: string;
  county: string;
  uat: number;
  at: Pair;
  n: number;
  step: string;
}

interface MapData {
  points: Point[];
  /** At the seat of their locality, where that is all one knows. */
  seats: Point[];
  localities: Locality[];
  from: Pair | null;
  tiles: string;
  attribution: string;
}

interface Area {
  county: string;
  uat: number | null;
}

const NAMED = 25;
const COUNTIES = 6;
const FARTHEST_ZOOM = 16;

const box = document.querySelector<HTMLElement>("#map");
const source = document.querySelector("#map-data");
if (box && source?.textContent) draw(box, JSON.parse(source.textContent) as MapData);

/** The map that stands on the page, made to move: the pins of the list, over localities shaded by their services. */
function draw(box: HTMLElement, data: MapData): void {
  box.parentElement?.classList.add("moved");
  const say = (name: string): string => box.dataset[name] ?? "";
  const map = L.map(box, { zoomControl: false, attributionControl: data.tiles !== "", maxZoom: 18, minZoom: 5 });
  L.control.zoom({ zoomInTitle: say("zoomIn"), zoomOutTitle: say("zoomOut") }).addTo(map);
  // Names lie under the pins, whose numbers nothing covers.
  map.createPane("names").style.zIndex = "550";
  if (data.tiles) L.tileLayer(data.tiles, { attribution: data.attribution }).addTo(map);

  // First the view: a marker has no element to name before it.
  frame(map, data);
  void ground(map, data, say);
  data.localities.slice(0, NAMED).forEach((one) => name(map, one));
  if (data.from) L.circleMarker(data.from, { radius: 7, interactive: false, className: "from" }).bindTooltip(say("from"), { permanent: true, direction: "bottom", className: "name", pane: "names" }).addTo(map);
  const pins = L.layerGroup().addTo(map);
  const put = (): void => putPins(map, pins, data);
  map.on("zoomend", put);
  put();
}

/** Show the places of the list and where one asks from; without any, the localities with most services. */
function frame(map: L.Map, data: MapData): void {
  const near = [...data.points, ...data.seats].map((one) => one.at);
  const inside: Pair[] = near.length > 0 ? near : data.localities.filter((one) => one.n > 0).slice(0, 40).map((one) => one.at);
  if (data.from) inside.push(data.from);
  map.fitBounds(inside.length > 0 ? L.latLngBounds(inside) : L.latLngBounds([43.6, 20.2], [48.3, 29.8]), {
    // To the left are the buttons.
    paddingTopLeft: [90, 40],
    paddingBottomRight: [40, 40],
    maxZoom: near.length > 0 ? FARTHEST_ZOOM - 1 : 11,
    animate: false,
  });
}

/** The counties, and the UATs of those that the localities are in; over tiles the shaded ones alone. */
async function ground(map: L.Map, data: MapData, say: (name: string) => string): Promise<void> {
  const localities = new Map(data.localities.map((one) => [one.uat, one]));
  const counties = [...new Set(data.localities.filter((one) => one.n > 0).map((one) => one.county))].slice(0, COUNTIES);
  const addresses = [say("outlines"), ...counties.map((county) => `${say("outlines")}?judet=${county}`)];
  const bare = data.tiles === "";
  for (const [number, address] of addresses.entries()) {
    if (number === 0 && !bare) continue;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) continue;
    const shapes = (await answer.json()) as GeoJSON.FeatureCollection<GeoJSON.Geometry, Area>;
    L.geoJSON<Area>(shapes, {
      interactive: true,
      filter: ({ properties }) => bare || localities.has(properties.uat ?? 0),
      style: ({ properties } = shapes.features[0]!) => ({ className: `outline ${look(properties, localities)}${number === 0 ? " land" : ""}` }),
      onEachFeature: ({ properties }, layer) => {
        const one = localities.get(properties.uat ?? 0);
        if (one && one.n > 0) lead(layer, one, say);
      },
    }).addTo(map);
  }
}

function look({ uat }: Area, localities: Map<number, Locality>): string {
  const one = localities.get(uat ?? 0);
  if (uat === null) return "county";
  return one && one.n > 0 ? one.step : "";
}

/** A shaded locality leads to the list of its services. */
function lead(layer: L.Layer, one: Locality, say: (name: string) => string): void {
  layer.bindTooltip(`${one.name}: ${one.n} ${say("services")}`, { sticky: true, className: "name" });
  layer.on("click", () => {
    const query = new URLSearchParams(location.search);
    query.set("loc", `${one.name} (${one.county})`);
    query.delete("pagina");
    location.assign(`${say("list")}?${query.toString()}`);
  });
}

/** The name of a locality, so that the eye finds its way. */
function name(map: L.Map, one: Locality): void {
  L.circleMarker(one.at, { radius: 2.5, interactive: false, className: "town" }).bindTooltip(one.name, { permanent: true, direction: "right", offset: [4, 0], className: "name quiet", pane: "names" }).addTo(map);
}

function putPins(map: L.Map, layer: L.LayerGroup, { points, seats }: MapData): void {
  layer.clearLayers();
  const place = (one: Point): [number, number] => {
    const { x, y } = map.project(one.at);
    return [x, y];
  };
  const inOrder = [...points, ...seats].sort((one, other) => one.n - other.n);
  for (const group of gather(inOrder, place)) pin(map, layer, group, group.pins.some((one) => points.includes(one)));
}

/** A marker that the keyboard reaches and a screen reader names. */
function pin(map: L.Map, layer: L.LayerGroup, group: Group<Point>, exact: boolean): void {
  const inside = document.createElement("span");
  inside.textContent = numbers(group.pins);
  const size = L.point(Math.max(width(group.pins), TARGET), TARGET);
  const names = [...new Set(group.pins.map((one) => `${one.n}. ${one.name}`))];
  // What is heard has what is seen in it.
  const caption = names.length === 1 ? names[0]! : `${numbers(group.pins)}: ${names.join("; ")}`;
  const icon = L.divIcon({ className: exact ? "point" : "point nearly", html: inside, iconSize: size });
  const act = (): void => open(map, group);
  const marker = L.marker(map.unproject(L.point(group.at)), { icon, keyboard: true }).addTo(layer);
  marker.getElement()?.setAttribute("aria-label", caption);
  marker.bindTooltip(caption, { className: "name" });
  marker.on("click", act);
  marker.on("keypress", (event) => {
    if (event.originalEvent.key === "Enter") act();
  });
}

/** Closer, as long as that tells the pins of a group apart; then to the row of the first. */
function open(map: L.Map, group: Group<Point>): void {
  const bounds = L.latLngBounds(group.pins.map((one) => one.at));
  const closer = Math.min(map.getBoundsZoom(bounds, false, L.point(80, 80)), map.getMaxZoom());
  if (!bounds.getSouthWest().equals(bounds.getNorthEast()) && closer > map.getZoom()) {
    map.setView(bounds.getCenter(), closer, { animate: false });
    return;
  }
  const row = document.querySelector<HTMLElement>(`#s${group.pins[0]?.n ?? 0}`);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector("a")?.focus({ preventScroll: true });
}
