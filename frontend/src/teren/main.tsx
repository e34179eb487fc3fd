import { render } from "solid-js/web";
import { App } from "./App";
import type { Shell } from "./context";
import { openVault } from "./core";
import { registerWorker } from "./update";
import "./style.css";

const mount = document.getElementById("teren");
if (mount !== null) {
  const { login = "", session = "", worker = "" } = mount.dataset;
  const shell: Shell = { login, session, worker };
  const update = registerWorker(worker);
  const vault = await openVault();
  mount.replaceChildren();
  render(() => <App vault={vault} shell={shell} update={update} />, mount);
}
