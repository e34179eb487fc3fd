import { render } from "solid-js/web";
import { SessionShelf } from "./copy-shelf";
import { HttpDoors } from "./http-doors";
import { App } from "./screen/App";
import "./questionnaire.css";

const mount = document.getElementById("questionnaire");
if (mount !== null) {
  const { formUrl = "", draftUrl = "", submitUrl = "", loginUrl = "", language = "ro", csrf = "" } = mount.dataset;
  mount.replaceChildren();
  render(
    () => (
      <App
        doors={new HttpDoors({ formUrl, draftUrl, submitUrl, loginUrl, csrf })}
        shelf={new SessionShelf(draftUrl)}
        language={language}
        onSubmitted={(address) => location.assign(address)}
      />
    ),
    mount,
  );
}
