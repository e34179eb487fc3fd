import { describe, expect, it } from "vitest";
import { Sync } from "../src/teren/core";
import { pinTrouble } from "../src/teren/core/pin";
import { ITERATIONS } from "../src/teren/core/seal";
import { bundle, enrolled, FakeDevice, home, PIN } from "./teren-world";

const WRONG = "271829";

describe("the PIN", () => {
  it.each([
    ["12345", "short"],
    ["abcdef", "short"],
    ["000000", "easy"],
    ["123456", "easy"],
    ["987654", "easy"],
    ["890123", "easy"],
    ["271828", null],
  ])("%s: %s", (pin, trouble) => expect(pinTrouble(pin)).toBe(trouble));
});

describe("the vault", () => {
  it("opens with the PIN alone, and counts wrong ones", async () => {
    const device = new FakeDevice({ iterations: ITERATIONS });
    await device.enrol();
    expect(ITERATIONS).toBeGreaterThanOrEqual(600_000);
    const vault = await device.vault();
    expect(vault.state).toBe("locked");
    expect(await vault.unlock(WRONG)).toEqual({ kind: "wrong", left: 9 });
    const opened = await vault.unlock(PIN);
    expect(opened.kind).toBe("open");
    expect(vault.state).toBe("open");
    await (opened.kind === "open" ? opened.book.lock() : undefined);
    expect(await vault.unlock(WRONG)).toEqual({ kind: "wrong", left: 9 });
  });

  it("wipes at the tenth wrong PIN, also where the tab is closed after each", async () => {
    const device = new FakeDevice();
    await device.enrol();
    for (let left = 9; left > 0; left--) {
      expect(await (await device.vault()).unlock(WRONG)).toEqual({ kind: "wrong", left });
    }
    const vault = await device.vault();
    expect(await vault.unlock(WRONG)).toEqual({ kind: "wiped" });
    expect(vault.state).toBe("empty");
    expect((await device.vault()).state).toBe("empty");
  });

  it("counts a try before it is made", async () => {
    const device = new FakeDevice();
    await device.enrol();
    for (let tried = 0; tried < 10; tried++) void (await device.vault()).unlock(WRONG).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await device.vault()).state).toBe("empty");
  });

  it("takes another PIN for the same book", async () => {
    const device = new FakeDevice();
    const book = await device.enrol();
    await book.newHousehold(home());
    await book.lock();
    const vault = await device.vault();
    expect(await vault.changePin(WRONG, "314159")).toEqual({ kind: "wrong", left: 9 });
    expect(await vault.changePin(PIN, "314159")).toEqual({ kind: "changed" });
    expect((await vault.unlock(PIN)).kind).toBe("wrong");
    const opened = await vault.unlock("314159");
    expect(opened.kind === "open" && opened.book.households().map(({ name }) => name)).toEqual(["Popescu"]);
  });

  it("keeps nothing of anybody in clear", async () => {
    const device = new FakeDevice();
    const book = await device.enrol();
    const { household } = await book.newHousehold(home({ name: "Zăvoianu", safeContact: "ușa din spate" }));
    await book.addFile(
      household,
      { about: null, what: "photo", type: "image/jpeg", caption: "actul" },
      Buffer.from("JPEGBYTES"),
    );
    await book.jot("plan-1", { text: "nu-i spune soțului" });
    device.server.bundles.set("20000000-0000-4000-8000-000000000001", bundle("20000000-0000-4000-8000-000000000001"));
    await new Sync(book).now();
    const raw = await device.raw();
    for (const secret of [
      "Zăvoianu",
      "Z\u00c4\u0083voianu",
      "Popescu",
      "JPEGBYTES",
      "actul",
      "soțului",
      "spate",
      "Lungă",
      "Ioana",
      "household_new",
      "teren-abc",
      enrolled.secret,
      enrolled.fileKey,
    ]) {
      expect(raw).not.toContain(secret);
    }
  });

  it("forgets everything when it is wiped", async () => {
    const device = new FakeDevice();
    const book = await device.enrol();
    await book.newHousehold(home());
    const told: string[] = [];
    book.subscribe((change) => told.push(change));
    device.marks.setItem("other", "1");
    await book.signOut();
    expect(device.server.signedOut).toBe(true);
    expect(told.at(-1)).toBe("wiped");
    expect(book.households()).toEqual([]);
    expect(device.marks.length).toBe(0);
    expect((await device.vault()).state).toBe("empty");
    await expect(book.newHousehold(home())).rejects.toMatchObject({ trouble: "closed" });
  });

  it("is wiped once where two ask for it at once", async () => {
    const device = new FakeDevice();
    const book = await device.enrol();
    await Promise.all([book.signOut(), book.signOut()]);
    expect((await device.vault()).state).toBe("empty");
  });

  it("signs out without a signal too", async () => {
    const device = new FakeDevice();
    const book = await device.enrol();
    device.server.faults = ["refuse"];
    await book.signOut();
    expect((await device.vault()).state).toBe("empty");
  });

  it("notices that the browser threw it away", async () => {
    const device = new FakeDevice();
    await device.enrol();
    const { IDBFactory } = await import("fake-indexeddb");
    device.indexedDB = new IDBFactory();
    const vault = await device.vault();
    expect(vault.state).toBe("lost");
    await vault.create(PIN, enrolled);
    expect(vault.state).toBe("open");
  });

  it("does not open what a newer application wrote", async () => {
    const device = new FakeDevice();
    await device.enrol();
    await new Promise<void>((resolve) => {
      const request = device.indexedDB.open("teren-test");
      request.onsuccess = () => {
        const transaction = request.result.transaction("meta", "readwrite");
        const store = transaction.objectStore("meta");
        const read = store.get("vault");
        read.onsuccess = () => store.put({ ...(read.result as object), schema: 99 }, "vault");
        transaction.oncomplete = () => {
          request.result.close();
          resolve();
        };
      };
    });
    const vault = await device.vault();
    expect(vault.state).toBe("newer");
    await expect(vault.unlock(PIN)).rejects.toMatchObject({ trouble: "closed" });
  });

  it("is held by one tab", async () => {
    const locks = new FakeLocks() as unknown as LockManager;
    const device = new FakeDevice({ locks });
    const first = await device.vault();
    await first.create(PIN, enrolled);
    const second = await device.vault();
    expect(second.state).toBe("elsewhere");
    await expect(second.unlock(PIN)).rejects.toMatchObject({ trouble: "closed" });
    const free = second.whenFree();
    await first.close();
    await free;
    expect(second.state).toBe("locked");
  });
});

/** One holder of a name at a time, as in a browser. */
class FakeLocks {
  private held: Promise<unknown> | null = null;

  async request(
    _name: string,
    options: LockOptions,
    granted: (lock: unknown) => Promise<void> | undefined,
  ): Promise<void> {
    if (this.held && options.ifAvailable) return void granted(null);
    await this.held;
    this.held = Promise.resolve(granted({})).then(() => (this.held = null));
    await this.held;
  }
}
