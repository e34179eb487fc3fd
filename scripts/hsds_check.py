"""Hold a running API against the schemas and the OpenAPI document of Open Referral HSDS 3.1.

Reads every list to its end, in every way it can be asked for, and the details it names; validates each against the
official schemas; then lets schemathesis ask what nobody would. Prints what is wrong and ends with 1, or with 0.

A detail must be, word for word, what the list with full=true says of it. With --details N only that many of each kind
are asked for one by one, evenly spread; all the others have been held against their schema in that list.
"""

import argparse
import copy
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
import requests

SCHEMAS = "/schema/"
LISTS = {
    "services": ("compiled/service_list.json", "compiled/service.json"),
    "organizations": ("compiled/organization_list.json", "compiled/organization.json"),
    "service_at_locations": (
        "compiled/service_at_location_list.json",
        "compiled/service_at_location.json",
    ),
    "taxonomies": ("taxonomy.json", "taxonomy.json"),
    "taxonomy_terms": ("taxonomy_term.json", "taxonomy_term.json"),
}
ENVELOPE = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}
IN_FULL = ("services", "organizations", "service_at_locations")
PER_PAGE, HANDS, SHOWN = 200, 4, 20
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"


class Check:
    """What was asked and what was wrong with the answers."""

    def __init__(self, spec: Path, url: str, details: int = 0) -> None:
        self.details = details
        self.whole: dict[str, bytes] = {}
        self.folder = spec / "schema" if (spec / "schema").is_dir() else spec
        self.url = url.rstrip("/")
        self.asked: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.session = requests.Session()
        self.session.mount("http", requests.adapters.HTTPAdapter(pool_maxsize=HANDS))

    def schema(self, name: str) -> Any:
        """A schema with every other that it names written out in it."""
        return self._written_out(json.loads((self.folder / name).read_text()), (self.folder / name).parent)

    def _written_out(self, part: Any, folder: Path) -> Any:
        if isinstance(part, list):
            return [self._written_out(one, folder) for one in part]
        if not isinstance(part, dict):
            return part
        where = part.get("$ref", "")
        if isinstance(where, str) and where.endswith(".json"):
            path = self.folder / where.split(SCHEMAS)[-1] if SCHEMAS in where else folder / where
            return self._written_out(json.loads(path.read_text()), path.parent)
        return {name: self._written_out(one, folder) for name, one in part.items()}

    def validator(self, name: str) -> jsonschema_rs.Draft202012Validator:
        """Of a schema, its formats included."""
        return jsonschema_rs.Draft202012Validator(self.schema(name), validate_formats=True)

    def get(self, path: str, **parameters: Any) -> requests.Response:
        """An answer that must be 200."""
        response = self.session.get(f"{self.url}/{path}", params=parameters, timeout=120)
        self.asked[path.split("/")[0] or "/"] += 1
        if response.status_code != 200:
            self.wrong.append(f"{response.url}: {response.status_code}")
        return response

    def validate(self, where: str, what: Any, validator: jsonschema_rs.Draft202012Validator) -> None:
        """Note every breach of the schema, every null and every `id` that is no UUID."""
        for error in validator.iter_errors(what):
            self.wrong.append(f"{where}: {'/'.join(map(str, error.instance_path))}: {error.message}"[:300])
        for path, value in _leaves(what):
            if value is None:
                self.wrong.append(f"{where}: {path} is null")
            if path.rpartition("/")[2] == "id":
                try:
                    UUID(value)
                except (ValueError, AttributeError, TypeError):
                    self.wrong.append(f"{where}: {path} is no UUID: {value!r}")

    def walk(self, name: str) -> None:
        """Every list of a kind, to its end, and every detail."""
        one_line, whole = map(self.validator, LISTS[name])
        listed = self.pages(name, one_line)
        streamed = self.lines(name, one_line)
        if listed != streamed:
            self.wrong.append(f"{name}: the pages name {len(listed)} items, the stream {len(streamed)}")
        self.whole.clear()
        if name in IN_FULL and self.pages(name, whole, full="true") != listed:
            self.wrong.append(f"{name}: other items with full=true")
        in_full = dict(self.whole)
        if name == "services" and self.pages(name, one_line, minimal="true") != listed:
            self.wrong.append(f"{name}: other items with minimal=true")
        if name == "organizations":
            self.pages(name, whole, full_service="true")
        self.whole = in_full
        step = max(len(listed) // self.details, 1) if self.details else 1
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(lambda key: self.detail(name, key, whole), listed[::step]))
        asked = len(listed[::step])
        print(f"{name}: {len(listed)} listed, {asked} of them asked for one by one", flush=True)

    def pages(self, name: str, validator: Any, **parameters: str) -> list[str]:
        """The identifiers on all pages, in order."""
        found: list[str] = []
        page, last = 0, False
        while not last:
            page += 1
            response = self.get(name, page=page, per_page=PER_PAGE, **parameters)
            if response.status_code != 200:
                break
            told = response.json()
            self.envelope(response.url, told, page)
            for item in told["contents"]:
                self.validate(f"{response.url} {item.get('id')}", item, validator)
                self.whole[item["id"]] = _mark(item)
            found += [item["id"] for item in told["contents"]]
            last = told["last_page"]
        if len(found) != len(set(found)) or len(found) != told["total_items"]:
            self.wrong.append(
                f"{name} {parameters}: {told['total_items']} announced, {len(set(found))} there"
            )
        return found

    def envelope(self, where: str, told: Any, page: int) -> None:
        """The page around the items."""
        for key, kind in ENVELOPE.items():
            if type(told.get(key)) is not kind:
                self.wrong.append(f"{where}: {key} is {told.get(key)!r}")
        if told["page_number"] != page or told["size"] != len(told["contents"]):
            self.wrong.append(f"{where}: page {told['page_number']}, size {told['size']}")

    def lines(self, name: str, validator: Any) -> list[str]:
        """The identifiers of the stream, in order."""
        items = [json.loads(line) for line in self.get(name, format="ndjson").content.splitlines()]
        for item in items:
            self.validate(f"{name} as ndjson {item.get('id')}", item, validator)
        return [item["id"] for item in items]

    def detail(self, name: str, key: str, validator: Any) -> None:
        """One item, whole; and again with its ETag."""
        response = self.get(f"{name}/{key}")
        if response.status_code != 200:
            return
        told = response.json()
        self.validate(response.url, told, validator)
        if told["id"] != key:
            self.wrong.append(f"{response.url}: answers {told['id']}")
        if name in IN_FULL and self.whole.get(key) != _mark(told):
            self.wrong.append(f"{response.url}: says other things than the list with full=true")

    def manners(self) -> None:
        """Unchanged answers, open origins, methods that are not offered."""
        about = self.get("").json()
        for key in ("version", "profile", "openapi_url"):
            if not about.get(key):
                self.wrong.append(f"/: no {key}")
        for path in ("", *LISTS):
            first = self.get(path)
            again = self.session.get(first.url, headers={"If-None-Match": first.headers.get("ETag", "")})
            if again.status_code != 304:
                self.wrong.append(f"/{path}: {again.status_code} instead of 304")
            if first.headers.get("Access-Control-Allow-Origin") != "*":
                self.wrong.append(f"/{path}: not open to other origins")
            for method in ("PUT", "PATCH", "DELETE"):
                refused = self.session.request(method, first.url)
                if refused.status_code != 405 or "GET" not in refused.headers.get("Allow", ""):
                    self.wrong.append(f"{method} /{path}: {refused.status_code}")

    def fuzz(self, examples: int) -> int:
        """Schemathesis with the official OpenAPI document, its references written out."""
        document = self._written_out(json.loads((self.folder / "openapi.json").read_text()), self.folder)
        for name in LISTS:
            # An invented identifier is only ever answered 404; these are answered.
            keys = [item["id"] for item in self.get(name, per_page=5).json()["contents"]]
            parameter = document["paths"][f"/{name}/{{id}}"]["parameters"][0]
            parameter["examples"] = {f"real_{place}": {"value": key} for place, key in enumerate(keys)}
        with tempfile.TemporaryDirectory() as home:
            path = Path(home) / "openapi.json"
            path.write_text(json.dumps(document))
            command = [
                "run",
                str(path),
                "--url",
                self.url,
                "--checks",
                CHECKS,
                "--phases",
                "coverage,fuzzing",
            ]
            return subprocess.run(
                [
                    Path(sys.executable).parent / "schemathesis",
                    *command,
                    *("--max-examples", str(examples), "--no-color"),
                ],
                check=False,
                cwd=home,
            ).returncode


def own_statement(check: Check) -> None:
    """What `punte.api.hsds.fields` says must be what the standard says, but for what the profile adds."""
    from punte.api.hsds import fields

    added = fields.added()
    for name, schema in fields.schemas().items():
        official = check.schema(f"{name}.json")
        properties = copy.copy(official["properties"])
        if name in ("organization", "service_at_location"):
            properties |= check.schema(f"compiled/{name}.json")["properties"]
        for one, said in schema["properties"].items():
            if one in added.get(name, ()):
                continue
            if one not in properties:
                check.wrong.append(f"fields: {name}.{one} is not in the standard")
            elif said.get("type") and said["type"] != properties[one].get("type", said["type"]):
                check.wrong.append(f"fields: {name}.{one} is {properties[one]['type']} in the standard")
            elif said.get("enum") and set(said["enum"]) != set(properties[one]["enum"]):
                check.wrong.append(f"fields: {name}.{one} has other words in the standard")
        if missing := set(official.get("required", ())) - set(schema["required"]):
            check.wrong.append(f"fields: {name} must have {missing}")


def _mark(item: Any) -> bytes:
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).digest()


def _leaves(what: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(what, dict):
        for name, value in what.items():
            yield from _leaves(value, f"{path}/{name}")
    elif isinstance(what, list):
        for place, value in enumerate(what):
            yield from _leaves(value, f"{path}/{place}")
    else:
        yield path, what


def main() -> int:
    """Ask everything, and say what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", type=Path, help="folder of the specification (with schema/)")
    parser.add_argument("url", help="address of the API, e.g. http://127.0.0.1:8000/api/hsds")
    parser.add_argument("--examples", type=int, default=100, help="of each operation that schemathesis asks")
    parser.add_argument("--details", type=int, default=0, help="of each kind; all of them unless given")
    asked = parser.parse_args()
    check = Check(asked.spec.resolve(), asked.url, asked.details)
    own_statement(check)
    check.manners()
    for name in LISTS:
        check.walk(name)
        print(f"{name}: {check.asked[name]} answers read, {len(check.wrong)} remarks so far", flush=True)
    for line in check.wrong[:SHOWN]:
        print(line)
    fuzzed = check.fuzz(asked.examples)
    print(f"{sum(check.asked.values())} answers held against the schemas: {len(check.wrong)} remarks")
    print(f"schemathesis ended with {fuzzed}")
    return int(bool(check.wrong) or fuzzed != 0)


if __name__ == "__main__":
    sys.exit(main())
